import CBenchSupport

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The machine and the software the figures belong to.
enum Machine {
    static var text: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let memory = (bench_machine_memory() + (1 << 29)) >> 30
        let nng = NngContender.version.map { ", nng \($0)" } ?? ""
        let congestion = congestionControl.map { " (TCP: \($0))" } ?? ""
        return "\(processor), \(cores) cores, \(memory) GiB, \(kernel)\(congestion),"
            + " Swift \(compiler), libzmq \(LibzmqContender.version)\(nng)"
    }

    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var kernel: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown system" }
        return "\(string(name.sysname)) \(string(name.release)) \(string(name.machine))"
    }

    /// What decides how fast TCP sends: some of them pace even the loopback interface.
    private static var congestionControl: String? {
        line(of: "/proc/sys/net/ipv4/tcp_congestion_control") { _ in true }
    }

    /// The first line of a file that `isWanted`.
    private static func line(of path: String, where isWanted: (String) -> Bool) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
            let text = String(decoding: bytes, as: UTF8.self)
            if isWanted(text) { return text }
        }
        return nil
    }

    /// A field of `utsname`: a C string in an array of fixed length.
    private static func string<Field>(_ field: Field) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static var processor: String {
        let line = line(of: "/proc/cpuinfo") { $0.hasPrefix("model name") && $0.contains(":") }
        let name = line?.split(separator: ":", maxSplits: 1).last
        return name.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
    }
}
