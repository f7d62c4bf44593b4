/// All families, in the order of the matrix.
enum Catalogue {
    static let rows: [Row] =
        Exchange.rows + Sizes.rows + Volume.rows + Subscriptions.rows + Restart.rows
        + Heartbeats.rows + HighWater.rows + RouterOptions.rows + RequestOptions.rows
        + XPublisherOptions.rows + Linger.rows + Streams.rows

    static func cells(_ columns: [Column]) -> [Cell] {
        rows.enumerated().flatMap { index, row in
            columns.map { Cell(row: row, rowIndex: index, column: $0) }
        }
    }
}
