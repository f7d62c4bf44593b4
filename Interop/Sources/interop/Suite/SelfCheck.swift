/// Peers that do exactly one thing wrong; the suite has to say so.
enum SelfCheck {
    private static let sabotages: [(word: String, sign: String)] = [
        ("drop", "lost=1"), ("dup", "dup=1"), ("swap", "order=1"), ("corrupt", "corrupt=1"),
        ("hang", "hangs"), ("crash", "died of signal"),
    ]

    private static let patterns = [
        "exchange/PUSH-PULL/tcp/bind", "exchange/PULL-PUSH/tcp/connect",
        "exchange/DEALER-ROUTER/ipc/bind", "exchange/SUB-PUB/tcp/bind",
        "exchange/PUB-SUB/ipc/connect",
    ]

    /// 0 if every wrong peer was found out.
    static func run(cells: [Cell]) -> Int32 {
        var missed = 0
        for pattern in patterns {
            for cell in cells where cell.matches(pattern) {
                missed += check(cell)
            }
        }
        say(missed == 0 ? "Every wrong peer was noticed." : "\(missed) went unnoticed.")
        return missed == 0 ? 0 : 1
    }

    private static func check(_ cell: Cell) -> Int {
        var missed = 0
        for (word, sign) in sabotages {
            let crew = Crew(patience: 10)
            let outcome = Runner.perform(cell, isQuick: true, crew: crew, sabotage: word)
            crew.dismiss()
            let verdict: String
            switch outcome {
            case .failed(_, let report) where report.message.contains(sign):
                verdict = "noticed: " + report.message
            case .failed(_, let report):
                verdict = "WRONGLY NAMED: " + report.message
                missed += 1
            default:
                verdict = "NOT NOTICED"
                missed += 1
            }
            say("\(cell.path) \(word): \(verdict)")
        }
        return missed
    }
}
