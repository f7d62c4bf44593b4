/// All families, in the order of the matrix.
enum Catalogue {
    static let rows: [Row] =
        Exchange.rows + Sizes.rows + Upstream.sizes + Volume.rows + RoundTrips.rows
        + Upstream.volume + Subscriptions.rows + Restart.rows + Heartbeats.rows + HighWater.rows
        + RouterOptions.rows + RequestOptions.rows + XPublisherOptions.rows + Linger.rows
        + Streams.rows

    static func cells(_ columns: [Column]) -> [Cell] {
        rows.enumerated().flatMap { index, row in
            columns.map { Cell(row: row, rowIndex: index, column: $0) }
        }
    }

    /// What the matrix says of a family besides its name: how much its cells do.
    static func notes(_ isQuick: Bool) -> [String: String] {
        let messages = Volume.count(isQuick).spaced
        return [
            "sizes": "0 B to 1 MiB; in rows that say so 64 MiB",
            "volume": "\(messages) messages each way, sent without waiting; "
                + "trips: \(RoundTrips.count(isQuick).spaced) requests and replies in turn",
            "stream": "volume is \(messages) bodies each way",
        ]
    }
}
