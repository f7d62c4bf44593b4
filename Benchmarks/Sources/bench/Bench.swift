import CBenchSupport

/// Measures this library beside libzmq, nng and the bare transport.
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
        bench_raise_descriptor_limit()
        switch arguments.mode {
        case .measure: return try Measuring.run(arguments)
        case .allocations: try AllocationMode.run()
        case .endurance(let count): try Endurance.run(count)
        case .profile(let item, let point, let seconds):
            try ProfileLoop.run(item, at: point, seconds: seconds, arguments: arguments)
        case .serve(let side, let heartbeat):
            try ServerProcess.run(side, heartbeat: heartbeat)
        case .list:
            for item in BenchmarkCase.all { print("\(item.name): \(item.summary)") }
        case .help: print(HelpText.text, terminator: "")
        }
        return true
    }
}
