/// Measures this library beside libzmq and beside the bare transport.
@main
enum Bench {
    static func main() {
        let arguments: Arguments
        do { arguments = try Arguments(Array(CommandLine.arguments.dropFirst())) } catch {
            Terminal.write("bench: \(error)\n")
            Terminal.leave(status: 2)
        }
        #if DEBUG
            Terminal.write("this is a debug build: its figures mean nothing, use -c release\n")
        #endif
        do { Terminal.leave(status: try run(arguments) ? 0 : 1) } catch {
            Terminal.write("bench: \(error)\n")
            Terminal.leave(status: 1)
        }
    }

    /// Whether all went well.
    private static func run(_ arguments: Arguments) throws -> Bool {
        switch arguments.mode {
        case .compare: return try Comparison.run(arguments)
        case .allocations: try AllocationMode.run()
        case .profile(let item, let size, let seconds):
            try ProfileLoop.run(item, size: size, seconds: seconds, arguments: arguments)
        case .list:
            for item in BenchmarkCase.all { print("\(item.name): \(item.summary)") }
        case .help: print(HelpText.text, terminator: "")
        }
        return true
    }
}
