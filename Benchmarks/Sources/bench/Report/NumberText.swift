/// Numbers for people: three digits that mean something.
enum NumberText {
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return "?" }
        let magnitude = abs(value)
        if magnitude >= 100 { return fixed(value, decimals: 0) }
        if magnitude >= 10 { return fixed(value, decimals: 1) }
        return fixed(value, decimals: magnitude >= 0.1 || magnitude == 0 ? 2 : 4)
    }

    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "?" }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
    }

    /// A factor that makes numbers around `value` readable, with its prefix.
    static func scale(for value: Double) -> (factor: Double, prefix: String) {
        if value >= 1e6 { return (1e-6, "M ") }
        if value >= 1e3 { return (1e-3, "k ") }
        return (1, "")
    }
}

extension NumberText {
    /// The number with the six digits that are worth keeping.
    static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        var scale = 1.0
        while abs(value) * scale < 1e5 { scale *= 10 }
        return abs(value) >= 1e6 ? value.rounded() : (value * scale).rounded() / scale
    }

    /// A round number as short as it can be: 500, 20 k, 5 M.
    static func compact(_ value: Double) -> String {
        let (factor, prefix) = value >= 1e9 ? (1e-9, "G ") : scale(for: value)
        let scaled = value * factor
        let whole = scaled.rounded()
        var text = abs(scaled - whole) < 1e-6 ? fixed(whole, decimals: 0) : ""
        if text.isEmpty {
            text = fixed(scaled, decimals: scaled < 0.1 ? 4 : 2)
            while text.last == "0" { text.removeLast() }
        }
        return prefix.isEmpty ? text : "\(text) \(prefix.prefix(1))"
    }
}
