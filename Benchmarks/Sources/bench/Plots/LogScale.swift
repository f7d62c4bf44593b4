#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Maps positive numbers to places along a line, by their logarithm.
struct LogScale {
    let lowest: Double
    let highest: Double
    private let start: Double
    private let end: Double

    init(from lowest: Double, to highest: Double, along start: Double, _ end: Double) {
        self.lowest = lowest
        self.highest = highest
        self.start = start
        self.end = end
    }

    /// A scale whose ends are round numbers beyond those of the values.
    init(around values: [Double], along start: Double, _ end: Double) {
        let least = values.min() ?? 1
        let most = values.max() ?? 10
        self.init(
            from: Self.round(least, up: false), to: Self.round(most * 1.02, up: true),
            along: start, end)
    }

    func place(_ value: Double) -> Double {
        guard highest > lowest else { return (start + end) / 2 }
        let share = log(value / lowest) / log(highest / lowest)
        return start + share * (end - start)
    }

    /// Round numbers along the scale, few enough to be read.
    var ticks: [Double] {
        let decades = log10(highest / lowest)
        let steps: [Double] = decades > 2.4 ? [1] : [1, 2, 5]
        var ticks: [Double] = []
        var power = pow(10, floor(log10(lowest)))
        while power <= highest {
            ticks += steps.map { $0 * power }
            power *= 10
        }
        return ticks.filter { $0 >= lowest * 0.999 && $0 <= highest * 1.001 }
    }

    /// The next of 1, 2, 5, 10 … that is no less, or no more, than the value.
    private static func round(_ value: Double, up: Bool) -> Double {
        let power = pow(10, floor(log10(value)))
        let steps: [Double] = [1, 2, 5, 10]
        if up { return power * (steps.first { $0 * power >= value } ?? 10) }
        return power * (steps.last { $0 * power <= value } ?? 1)
    }
}
