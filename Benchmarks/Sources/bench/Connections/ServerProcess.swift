import CBenchSupport
import CLibzmqLoops
import CNngLoops
import ZeroMQ

/// One server in a process of its own, so that its memory and its CPU can be told from everything
/// else: what `--serve` runs.
///
/// It prints `port N`, then answers each line it reads, a number of milliseconds: it lets so much
/// time pass and prints the bytes of memory it holds more than before there was any connection, and
/// the seconds of CPU it used meanwhile. It ends when there is nothing more to read.
enum ServerProcess {
    static func run(_ side: Side, heartbeat: Int) throws {
        var port: Int32 = 0
        let server = try open(side, heartbeat, &port)
        var output = Output()
        let before = bench_resident_bytes()
        print("port \(port)", to: &output)
        while let line = readLine(), let milliseconds = Int(line) {
            let start = bench_cpu_seconds()
            pause(milliseconds: milliseconds)
            let spent = bench_cpu_seconds() - start
            let more = Double(bench_resident_bytes()) - Double(before)
            print("\(more) \(spent)", to: &output)
        }
        withExtendedLifetime(server) {}
        // Nobody waits for thousands of connections to be closed in good order.
        Terminal.abandon(status: 0)
    }

    private static func open(_ side: Side, _ heartbeat: Int, _ port: inout Int32) throws -> Any {
        switch side {
        case .libzmq:
            guard let socket = libzmq_server_open(Int32(heartbeat), &port) else {
                throw BenchmarkError("libzmq: the server could not be opened")
            }
            return socket
        case .nng:
            guard nng_loops_server_open(&port) else {
                throw BenchmarkError("nng: the server could not be opened")
            }
            return ()
        default:
            var options = SocketOptions()
            if heartbeat > 0 { options.heartbeatInterval = .milliseconds(heartbeat) }
            var poller = ContextOptions()
            if side == .oursUring { poller.poller = .ioUring }
            let router = try RouterSocket(Context(poller), options: options)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            guard let number = endpoint.split(separator: ":").last.flatMap({ Int32($0) }) else {
                throw BenchmarkError("no port in \(endpoint)")
            }
            port = number
            return router
        }
    }
}
