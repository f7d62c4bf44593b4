extension Int {
    /// With a space between groups of three digits, as tables write large numbers.
    var spaced: String {
        guard self >= 1000 else { return String(self) }
        let rest = String(self % 1000)
        return (self / 1000).spaced + " " + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
