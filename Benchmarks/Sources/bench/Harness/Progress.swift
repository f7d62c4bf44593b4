/// One line on standard error that says what is measured and how long the rest will take.
///
/// On a terminal the line is rewritten in place; elsewhere a line is printed per case and size.
struct Progress {
    private var lastLine = ""

    mutating func show(_ what: String, step: String, remaining: Double) {
        let rest = "about \(Self.text(seconds: remaining)) left"
        if Terminal.isInteractive {
            Terminal.write("\r\u{1B}[2K\(what)  \(step)  \(rest)")
        } else if lastLine != what {
            Terminal.write("\(what)  \(rest)\n")
        }
        lastLine = what
    }

    func clear() {
        if Terminal.isInteractive { Terminal.write("\r\u{1B}[2K") }
    }

    private static func text(seconds: Double) -> String {
        let whole = Int(max(seconds, 0).rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
