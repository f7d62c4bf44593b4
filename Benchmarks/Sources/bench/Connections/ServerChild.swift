import CBenchSupport

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A ``ServerProcess`` seen from outside.
final class ServerChild {
    private var child = bench_child()
    let port: UInt16

    /// What can be read once the server has answered.
    var descriptor: Int32 { child.from }

    init(_ side: Side, heartbeat: Int) throws {
        let words = [Self.program, "--serve", side.rawValue, String(heartbeat)]
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        var pointers = copies.map { UnsafePointer<CChar>($0) } + [nil]
        let code = bench_child_start(&child, &pointers)
        guard code == 0 else {
            throw BenchmarkError("the server could not be started: error \(code)")
        }
        let line = Self.line(from: child.from).split(separator: " ")
        guard line.count == 2, let port = UInt16(line[1]) else {
            bench_child_end(&child)
            throw BenchmarkError("the server did not start")
        }
        self.port = port
    }

    deinit {
        bench_child_end(&child)
    }

    /// Has the server watch itself for some time.
    func ask(milliseconds: Int) {
        let line = "\(milliseconds)\n"
        _ = line.withCString { write(child.to, $0, strlen($0)) }
    }

    /// Waits for what it saw: bytes of memory more than at its start, and seconds of CPU.
    func answer() throws -> (memory: Double, cpu: Double) {
        let numbers = Self.line(from: child.from).split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 2 else { throw BenchmarkError("the server has gone") }
        return (numbers[0], numbers[1])
    }

    private static func line(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static var program: String {
        let link = "/proc/self/exe"
        return access(link, X_OK) == 0 ? link : CommandLine.arguments[0]
    }
}
