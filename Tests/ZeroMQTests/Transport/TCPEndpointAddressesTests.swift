import Testing

@testable import ZeroMQ

@Suite struct TCPEndpointAddressesTests {
    private static let interfaces = InterfaceAddresses([
        InterfaceAddress(name: "lo", address: SocketAddress(ipv4: 0x7F00_0001, port: 0)),
        InterfaceAddress(name: "eth0", address: SocketAddress(ipv4: 0x0A00_0001, port: 0)),
        InterfaceAddress(name: "lo", address: SocketAddress(ipv6: 0, 1, port: 0)),
        InterfaceAddress(name: "six", address: SocketAddress(ipv6: 0x2001 << 48, 6, port: 0)),
    ])

    @Test(arguments: [
        ("tcp://lo:5", false, "127.0.0.1:5"), ("tcp://lo:5", true, "[::1]:5"),
        ("tcp://eth0:*", false, "10.0.0.1:0"), ("tcp://eth0:*", true, "10.0.0.1:0"),
        ("tcp://six:5", true, "[2001::6]:5"), ("tcp://1.2.3.4:5", false, "1.2.3.4:5"),
        ("tcp://*:5", false, "0.0.0.0:5"), ("tcp://[::1]:5", true, "[::1]:5"),
    ])
    func BI_E9_interfaceNames(_ text: String, _ ipv6: Bool, _ expected: String) throws {
        #expect(try bindAddresses(text, ipv6: ipv6) == [expected])
    }

    @Test(arguments: [
        ("tcp://six:5", false, "'six' has no IPv4 address"),
        ("tcp://gone0:5", true, "no network interface 'gone0'"),
        ("tcp://localhost:5", true, "host names are for connect"),
        ("tcp://[fe80::1%gone0]:5", true, "no network interface 'gone0'"),
    ])
    func BI_E9_interfacesWithoutTheAddress(_ text: String, _ ipv6: Bool, _ reason: String) {
        let error = #expect(throws: EndpointError.self) { try bindAddresses(text, ipv6: ipv6) }
        #expect(error?.code == .addressNotAvailable)
        #expect(error?.reason.contains(reason) == true)
        #expect(error?.reason.contains(text) == true)
    }

    @Test func BI_E9_interfacesThatAreNotKnown() throws {
        let endpoint = try tcp("tcp://lo:5", .bind)
        let error = #expect(throws: EndpointError.self) {
            try endpoint.bindAddresses(ipv6: false) { () throws(IOError) in
                throw IOError(.exhausted, during: .bind)
            }
        }
        #expect(error?.code == .addressNotAvailable)
    }

    @Test func BI_E9_theSystemKnowsItsLoopback() throws {
        let known = try InterfaceAddresses.current()
        let loopback = known.all.first { $0.address == SocketAddress(ipv4: 0x7F00_0001, port: 0) }
        let name = try #require(loopback?.name)
        #expect(known.contains(name))
        let addresses = try tcp("tcp://\(name):0", .bind).bindAddresses(ipv6: false)
        #expect(addresses == [SocketAddress(ipv4: 0x7F00_0001, port: 0)])
    }

    @Test func BI_E11_zoneByNumberAndName() throws {
        let number = try tcp("tcp://[fe80::1%7]:5", .connect).target()
        #expect(number == .address(SocketAddress(ipv6: 0xFE80 << 48, 1, port: 5, scope: 7)))
        let loopback = try InterfaceAddresses.current().all.first { $0.address.host == "127.0.0.1" }
        let name = try #require(loopback?.name)
        guard case .address(let address) = try tcp("tcp://[fe80::1%\(name)]:5", .connect).target(),
            case .ipv6(_, _, let scope) = address.storage
        else {
            Issue.record("not an IPv6 address")
            return
        }
        #expect(scope != 0)
        #expect(throws: EndpointError.self) {
            try tcp("tcp://[fe80::1%4294967296]:5", .connect).target()
        }
    }

    @Test func targetsAreNumericOrNames() throws {
        let address = SocketAddress(ipv4: 0x0102_0304, port: 5)
        #expect(try tcp("tcp://1.2.3.4:5", .connect).target() == .address(address))
        #expect(try tcp("tcp://a.b:5", .connect).target() == .name("a.b", port: 5))
    }

    @Test(arguments: [
        ("tcp://1.2.3.4:9;5.6.7.8:5", "1.2.3.4:9"), ("tcp://eth0:*;5.6.7.8:5", "10.0.0.1:0"),
        ("tcp://*:9;5.6.7.8:5", "0.0.0.0:9"), ("tcp://*:9;[::2]:5", "[::]:9"),
        ("tcp://lo:9;[::2]:5", "[::1]:9"), ("tcp://lo:9;5.6.7.8:5", "127.0.0.1:9"),
    ])
    func BI_E15_sourceOfTheFamilyOfTheTarget(_ text: String, _ expected: String) throws {
        #expect(try source(text)?.description == expected)
    }

    @Test(arguments: [
        "tcp://1.2.3.4:9;[::2]:5", "tcp://[::1]:9;5.6.7.8:5", "tcp://six:9;5.6.7.8:5",
        "tcp://gone0:9;5.6.7.8:5",
    ])
    func BI_E15_sourceThatIsNotThere(_ text: String) {
        let error = #expect(throws: EndpointError.self) { try source(text) }
        #expect(error?.code == .addressNotAvailable)
    }

    @Test func BI_E24_wildcardWithIPv6IsOneSocketForBoth() throws {
        #expect(try bindAddresses("tcp://*:5", ipv6: true) == ["[::]:5", "0.0.0.0:5"])
        // The peer of a dual-stack socket is shown as what it is.
        let peer = try #require(SocketAddress("[::ffff:127.0.0.1]:77"))
        #expect(Endpoint(peer).description == "tcp://127.0.0.1:77")
    }

    private func tcp(_ text: String, _ purpose: EndpointPurpose) throws -> TCPEndpoint {
        guard case .tcp(let endpoint) = try Endpoint(text, for: purpose) else {
            throw EndpointError(.invalid, text.utf8, "not tcp")
        }
        return endpoint
    }

    private func bindAddresses(_ text: String, ipv6: Bool) throws -> [String] {
        try tcp(text, .bind).bindAddresses(ipv6: ipv6) { () throws(IOError) in Self.interfaces }
            .map(\.description)
    }

    private func source(_ text: String) throws -> SocketAddress? {
        let endpoint = try tcp(text, .connect)
        guard case .address(let target) = try endpoint.target() else { return nil }
        return try endpoint.sourceAddress(for: target) { () throws(IOError) in Self.interfaces }
    }
}
