import ZeroMQ

/// The command-line tool.
@main
enum ZMQ {
    static func main() async {
        System.end(await run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ words: [String]) async -> Int32 {
        do {
            switch try ArgumentParser.parse(words) {
            case .help:
                try Help.text.utf8.withContiguousStorageIfAvailable {
                    try StandardOutput.write(UnsafeRawBufferPointer($0))
                }
                return 0
            case .demo:
                return try await Demo.run()
            case .socket(let arguments):
                return try await Runner.run(arguments)
            }
        } catch {
            System.complain("zmq: \(message(of: error))")
            return 1
        }
    }

    private static func message(of error: any Error) -> String {
        switch error {
        case let error as ToolError: error.message
        case let error as ZeroMQError: error.description
        case is StandardOutput.Closed: "standard output is closed"
        default: "\(error)"
        }
    }
}
