/// One side of one case for some seconds and nothing else, to be watched by a profiler.
enum ProfileLoop {
    static func run(
        _ item: BenchmarkCase, at point: Int, seconds: Double, arguments: Arguments
    ) throws {
        let side = arguments.sides.first ?? .ours
        guard let contender = item.contenders.first(where: { $0.side == side }) else {
            throw BenchmarkError("\(item.name) is not run by \(side.rawValue)")
        }
        var load = item.load(at: point)
        load.sharesContext = arguments.sharesContext
        let calibration = try Calibration.of(contender, load)
        let round = Round(load, count: calibration.count(lasting: seconds, of: load))
        let measurement = try calibration.way.run(round)
        let figures = item.metrics.compactMap { metric -> String? in
            guard let value = measurement.values[metric] else { return nil }
            let (factor, prefix) = metric.hasPrefixes ? NumberText.scale(for: value) : (1, "")
            return "\(metric.title) \(NumberText.short(value * factor)) \(prefix)\(metric.unit)"
        }
        print(
            "\(item.name) \(item.axis.text(point)), \(calibration.way.name): \(round.count) in"
                + " \(measurement.seconds) s, \(figures.joined(separator: ", "))")
    }
}
