/// Text in columns.
enum Columns {
    static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// A number with so many decimals.
    static func fixed(_ value: Double, decimals: Int) -> String {
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        guard let scaled = Int(exactly: (value * Double(scale)).rounded()) else { return "-" }
        let fraction = String(scaled.magnitude % scale.magnitude)
        let digits = String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
        let sign = scaled < 0 ? "-" : ""
        return "\(sign)\(scaled.magnitude / scale.magnitude)" + (decimals > 0 ? ".\(digits)" : "")
    }
}
