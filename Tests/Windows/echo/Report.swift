/// Counts checks, and prints a line for each.
final class Report {
    private(set) var passed = 0
    private(set) var failed = 0

    func check(_ what: String, _ isRight: Bool) {
        if isRight { passed += 1 } else { failed += 1 }
        print(isRight ? "ok      \(what)" : "FAILED  \(what)")
    }

    /// The line that ends the run.
    func end() { print("\(passed) passed, \(failed) failed") }
}
