import Foundation
import Synchronization

/// Ports below the ephemeral range, so that no outgoing connection takes one meanwhile.
enum Ports {
    private static let next = Atomic<Int>(
        10_000 + Int(ProcessInfo.processInfo.processIdentifier) * 37 % 15_000)

    static func reserve() throws(Failure) -> Int {
        for _ in 0..<1000 {
            let port = 10_000 + next.add(1, ordering: .relaxed).newValue % 20_000
            if isFree(UInt16(port)) { return port }
        }
        throw Failure("no free port")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        #if canImport(Darwin)
            let fd = socket(AF_INET6, SOCK_STREAM, 0)
        #else
            let fd = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard fd >= 0 else { return true }
        defer { Foundation.close(fd) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(fd, $0, size) }
        } == 0
    }
}
