import Testing

@testable import ZeroMQ

/// FZ9: whatever is parsed prints as something that parses to the same; nothing traps.
@Suite struct EndpointFuzzTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func FZ9_parsePrintParse(_ seed: UInt64) throws {
        var random = PatternRandom(seed: seed)
        var accepted = 0
        for _ in 0..<10_000 {
            let text = Self.text(&random)
            let purpose = random.below(2) == 0 ? EndpointPurpose.bind : .connect
            guard let endpoint = try? Endpoint(text, for: purpose) else { continue }
            accepted += 1
            let again = try Endpoint(endpoint.description, for: purpose)
            #expect(again == endpoint)
            #expect(again.description == endpoint.description)
            Self.useAll(of: endpoint)
        }
        #expect(accepted > 500)
    }

    @Test(arguments: [5, 6] as [UInt64])
    func FZ9_mutatedEndpoints(_ seed: UInt64) throws {
        var random = PatternRandom(seed: seed)
        let seeds = ["tcp://[fe80::1%eth0]:5", "tcp://1.2.3.4:1;host:2", "ipc://@n", "inproc://n"]
        for _ in 0..<10_000 {
            var bytes = Array(seeds[random.below(seeds.count)].utf8)
            for _ in 0...random.below(3) {
                let index = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[index] = UInt8(random.below(256))
                case 1: bytes.insert(UInt8(random.below(128)), at: index)
                default: if bytes.count > 1 { bytes.remove(at: index) }
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for purpose in [EndpointPurpose.bind, .connect] {
                guard let endpoint = try? Endpoint(text, for: purpose) else { continue }
                #expect(try Endpoint(endpoint.description, for: purpose) == endpoint)
            }
        }
    }

    private static let pieces = [
        "tcp://", "ipc://", "inproc://", "udp://", "127.0.0.1", "256.0.0.1", "[::1]",
        "[fe80::1%lo]",
        "*", ":", ":5", ":65535", ":65536", ":0", ":*", ";", "@", "/", "%", "[", "]", "host", "a.b",
        "eth0", " ", "\u{E9}", "\0", "::", "1", "-",
    ]

    private static func text(_ random: inout PatternRandom) -> String {
        let scheme = pieces[random.below(3)]
        return (0..<random.below(7)).reduce(random.below(9) == 0 ? "" : scheme) { text, _ in
            text + pieces[random.below(pieces.count)]
        }
    }

    /// Nothing that can be asked of an endpoint traps.
    private static func useAll(of endpoint: Endpoint) {
        switch endpoint {
        case .tcp(let tcp):
            let none: () throws(IOError) -> InterfaceAddresses = { InterfaceAddresses([]) }
            _ = try? tcp.bindAddresses(ipv6: true, interfaces: none)
            _ = try? tcp.target()
            _ = try? tcp.sourceAddress(for: .anyIPv4, interfaces: none)
        case .ipc(let ipc): _ = ipc.address
        case .inproc: break
        }
    }
}
