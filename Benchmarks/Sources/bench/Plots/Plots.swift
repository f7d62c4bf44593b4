#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The pictures of a run, one file each; those for which nothing was measured are left out.
enum Plots {
    /// The message size of the latencies, in bytes.
    private static let latencySize = 64

    static func write(_ record: Record, into folder: String) throws {
        guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
            throw BenchmarkError("\(folder): \(String(cString: strerror(errno)))")
        }
        for (name, figure) in figures(record) where !figure.panels.isEmpty {
            try TextFile(writing: "\(folder)/\(name).svg").write(figure.svg)
        }
    }

    private static func figures(_ record: Record) -> [(name: String, figure: Figure)] {
        [
            (
                "throughput",
                Figure(
                    title: "PUSH to PULL, messages per second by message size",
                    panels: overSize(record, "throughput", .rate))
            ),
            (
                "round-trip",
                Figure(
                    title: "REQ to REP and back, median microseconds by message size",
                    panels: overSize(record, "round-trip", .p50))
            ),
            (
                "latency",
                Figure(
                    title: "REQ to REP and back, \(latencySize) bytes: microseconds by percentile",
                    panels: Transport.allCases.compactMap { percentiles(record, $0) })
            ),
            (
                "scaling",
                Figure(title: "Over TCP, by the number of peers", panels: scaling(record))
            ),
        ]
    }

    private static func overSize(
        _ record: Record, _ name: String, _ metric: Metric
    ) -> [Panel] {
        Transport.allCases.compactMap { transport in
            panel(record, "\(transport.rawValue)-\(name)", metric, title: transport.rawValue)
        }
    }

    private static func scaling(_ record: Record) -> [Panel] {
        let panels: [(String, Metric, String)] = [
            ("tcp-fan-out", .rate, "PUB to many SUB, msg/s"),
            ("tcp-fan-out-filtered", .rate, "SUBs of one topic in ten, msg/s"),
            ("tcp-fan-in", .rate, "many PUSH to one PULL, msg/s"),
            ("tcp-router", .rate, "ROUTER to many DEALERs, req/s"),
            ("tcp-connections", .memory, "memory per idle connection, bytes"),
            ("tcp-connections-heartbeat", .idle, "CPU of heartbeats, % of a core"),
        ]
        return panels.compactMap { panel(record, $0, $1, title: $2) }
    }

    /// One metric of one case over its axis; nil where it was not measured.
    private static func panel(
        _ record: Record, _ name: String, _ metric: Metric, title: String
    ) -> Panel? {
        let rows = record.rows.filter { $0.name == name && $0.metric == metric }
            .sorted { $0.point < $1.point }
        let series = Side.allCases.compactMap { side in
            Series(
                side,
                rows.compactMap { row in
                    row[side].map { Series.Point(x: Double(row.point), figures: $0) }
                })
        }
        guard let first = rows.first, !series.isEmpty else { return nil }
        return Panel(
            title: title, axis: first.axis == .bytes ? "bytes" : first.axis.rawValue,
            ticks: rows.map { Panel.Tick(x: Double($0.point), text: label(first.axis, $0.point)) },
            isLogarithmic: true, series: series)
    }

    private static func percentiles(_ record: Record, _ transport: Transport) -> Panel? {
        let name = "\(transport.rawValue)-round-trip"
        let metrics: [Metric] = [.p50, .p99, .p999]
        let rows = metrics.compactMap { metric in
            record.rows.first {
                $0.name == name && $0.metric == metric && $0.point == latencySize
            }
        }
        guard rows.count == metrics.count else { return nil }
        let series = Side.allCases.compactMap { side in
            Series(
                side,
                rows.enumerated().compactMap { index, row in
                    row[side].map { Series.Point(x: Double(index), figures: $0) }
                })
        }
        return Panel(
            title: transport.rawValue, axis: "percentile",
            ticks: metrics.enumerated().map { Panel.Tick(x: Double($0), text: $1.title) },
            isLogarithmic: false, series: series)
    }

    private static func label(_ axis: Axis, _ point: Int) -> String {
        guard axis == .bytes else { return NumberText.compact(Double(point)) }
        if point >= 1 << 20, point % (1 << 20) == 0 { return "\(point >> 20)M" }
        return point >= 1024 && point % 1024 == 0 ? "\(point >> 10)K" : String(point)
    }
}
