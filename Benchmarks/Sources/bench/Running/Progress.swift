/// One line on standard error that says what is measured and how long the rest will take.
///
/// On a terminal the line is rewritten in place; elsewhere a line is printed per case and point.
struct Progress {
    private var lastLine = ""
    private static let width = 24

    mutating func show(_ what: String, step: String, done: Double, remaining: Double) {
        let rest = "about \(Self.text(seconds: remaining)) left"
        if Terminal.isInteractive {
            Terminal.write("\r\u{1B}[2K\(Self.bar(done)) \(rest)  \(what)  \(step)")
        } else if lastLine != what {
            Terminal.write("\(Int(done * 100)) %  \(what)  \(rest)\n")
        }
        lastLine = what
    }

    func clear() {
        if Terminal.isInteractive { Terminal.write("\r\u{1B}[2K") }
    }

    private static func bar(_ done: Double) -> String {
        let full = min(max(Int(done * Double(width)), 0), width)
        let percent = Int(min(max(done, 0), 1) * 100)
        return "[" + String(repeating: "#", count: full)
            + String(repeating: ".", count: width - full) + "] \(percent) %"
    }

    private static func text(seconds: Double) -> String {
        let whole = Int(max(seconds, 0).rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
