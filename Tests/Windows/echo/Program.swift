import WinSDK

/// Checks the completion-port poller as a true Windows program.
@main enum Program {
    static func main() {
        var failed = 1
        do throws(IOError) {
            let checks = try Checks()
            checks.runAll()
            failed = Checks.finish(checks)
        } catch {
            print("FAILED  \(error.description)")
            print("0 passed, 1 failed")
        }
        ExitProcess(failed == 0 ? 0 : 1)
    }
}
