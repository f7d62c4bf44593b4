/// One side of one case for some seconds and nothing else, to be watched by a profiler.
enum ProfileLoop {
    static func run(
        _ item: BenchmarkCase, size: Int, seconds: Double, arguments: Arguments
    ) throws {
        let side = arguments.sides.first ?? .ours
        guard let contender = item.contenders.first(where: { $0.side == side }) else {
            throw BenchmarkError("\(item.name) is not run by \(side.rawValue)")
        }
        let round = { (count: Int) in
            Round(
                transport: item.transport, size: size, count: count,
                sharesContext: arguments.sharesContext)
        }
        let calibration = try Calibration.of(contender, round)
        let count = calibration.count(lasting: seconds)
        let spent = try calibration.way.run(round(count))
        let value = item.unit.value(count: count, seconds: spent)
        let (factor, prefix) =
            item.unit == .messagesPerSecond ? NumberText.scale(for: value) : (1, "")
        let figure = "\(NumberText.short(value * factor)) \(prefix)\(item.unit.rawValue)"
        print("\(item.name) \(size) B, \(calibration.way.name): \(count) in \(spent) s, \(figure)")
    }
}
