import Testing

@testable import ZeroMQ

/// reliability.md 4.9, the rows about text.
@Suite struct EndpointBadInputTests {
    @Test(arguments: [
        "131071", "65536", "-5", "99999999999999999999", "+5", " 5", "5 ", "", "0x50",
    ])
    func BI_E1_portOutOfRange(_ port: String) {
        expectInvalid("tcp://127.0.0.1:\(port)", "port")
    }

    @Test func BI_E2_portWithSomethingBehind() {
        expectInvalid("tcp://127.0.0.1:40123abc", "'40123abc' is not a port")
    }

    @Test func BI_E3_portByName() {
        expectInvalid("tcp://*:http", "'http' is not a port", for: [.bind])
        expectInvalid("tcp://localhost:localhost", "is not a port")
    }

    @Test(arguments: ["*", "0", "00000"])
    func BI_E4_anyPortOnBind(_ port: String) throws {
        let endpoint = try Endpoint("tcp://127.0.0.1:\(port)", for: .bind)
        #expect(endpoint == .tcp(TCPEndpoint(host: .ipv4(0x7F00_0001), port: 0)))
    }

    @Test(arguments: ["*", "0", "00000"])
    func BI_E5_anyPortOnConnect(_ port: String) {
        expectInvalid("tcp://127.0.0.1:\(port)", "connect needs a port", for: [.connect])
    }

    @Test func BI_E6_noHost() {
        expectInvalid("tcp://:5555", "there is no host")
        expectInvalid("tcp://*:5555", "connect needs a host", for: [.connect])
        expectInvalid("tcp://", "there is no port")
        expectInvalid("tcp://host", "there is no port")
    }

    @Test(arguments: ["tcp://*:40127/path", "tcp://127.0.0.1:1/", "tcp:///a:1", "tcp://a:1?x/"])
    func BI_E7_path(_ text: String) {
        expectInvalid(text, "no path")
    }

    @Test(arguments: [
        ("TCP://127.0.0.1:1", "'tcp'"), ("Ipc://a", "'ipc'"), ("INPROC://a", "'inproc'"),
        ("UDP://a", "'udp'"),
    ])
    func BI_E8_upperCaseScheme(_ text: String, _ named: String) {
        expectInvalid(text, "lower case, \(named)")
    }

    @Test(arguments: ["tcp://127.0.0.1%lo:5", "tcp://127.0.0.1%1:5", "tcp://host%lo:5"])
    func BI_E10_zoneOnWhatIsNotIPv6(_ text: String) {
        expectInvalid(text, "host name")
    }

    @Test(arguments: [
        "fe80::1%", "fe80::1%a b", "fe80::1%a%b", "::1%\(String(repeating: "z", count: 64))",
    ])
    func BI_E11_badZone(_ host: String) {
        expectInvalid("tcp://[\(host)]:5", "zone")
    }

    @Test func BI_E11_ipv6WhenItIsOff() throws {
        for purpose in [EndpointPurpose.bind, .connect] {
            let error = #expect(throws: EndpointError.self) {
                try Endpoint("tcp://[::1]:5", for: purpose, ipv6: false)
            }
            #expect(error?.code == .invalid)
            #expect(error?.reason.contains("'ipv6'") == true)
            #expect(throws: Never.self) {
                try Endpoint("tcp://1.2.3.4:5", for: purpose, ipv6: false)
            }
        }
    }

    @Test(arguments: [
        "tcp://::1:5", "tcp://fe80::1%lo:5", "tcp://[::1:5", "tcp://::1]:5", "tcp://[[::1]]:5",
        "tcp://[::1]5", "tcp://[::1]", "tcp://[]:5", "tcp://[:5", "tcp://]:5", "tcp://[::1]]:5",
        "tcp://[::1]:5:6", "tcp://[::1]x:5", "tcp://[127.0.0.1]:5", "tcp://[host]:5", "tcp://[:",
        "tcp://a:b:5", "tcp://[1:2:3:4:5:6:7:8:9]:5", "tcp://[::1::]:5", "tcp://[*]:5", "tcp://[",
    ])
    func BI_E12_brackets(_ text: String) {
        expectInvalid(text, "")
    }

    @Test(arguments: [
        "a b", "a\tb", "a\nb", "b\u{FC}cher", "a,b", "a@b", "\"a\"",
        String(repeating: "x", count: 300),
        "256.1.1.1", "1.2.3", "1.2.3.4.5", "127.1", "01.2.3.4", ".", "...", "0x7f.1",
    ])
    func BI_E13_hostNamesThatCannotBe(_ name: String) {
        expectInvalid("tcp://\(name):5", "")
    }

    /// What only the lookup can tell is left to it (see BI_E13 in ThreadedResolverTests).
    @Test(arguments: ["xn--bcher-kva.example", "a.", ".a", "a..b", "-a", "under_score", "1a"])
    func BI_E13_hostNamesLeftToTheLookup(_ name: String) throws {
        let endpoint = try Endpoint("tcp://\(name):5", for: .connect)
        #expect(endpoint == .tcp(TCPEndpoint(host: .name(name), port: 5)))
    }

    @Test(arguments: [
        "tcp://1.2.3.4:5;6.7.8.9:10;a:1", "tcp://;1.2.3.4:5", "tcp://1.2.3.4;6.7.8.9:10",
        "tcp://1.2.3.4:5;", "tcp://1.2.3.4:99999;6.7.8.9:10", "tcp://1.2.3.4:5;6.7.8.9:0",
        "tcp://1.2.3.4:5;*:6", ";", "tcp://;",
    ])
    func BI_E15_badSource(_ text: String) {
        expectInvalid(text, "", for: [.connect])
    }

    @Test func BI_E15_sourceIsForConnect() {
        expectInvalid("tcp://1.2.3.4:5;6.7.8.9:10", "is for connect", for: [.bind])
    }

    @Test func BI_E16_ipcPathTooLong() throws {
        let limit = SocketAddress.maximumPathLength
        let longest = String(repeating: "p", count: limit)
        #expect(try Endpoint("ipc://\(longest)", for: .bind) == .ipc(.path(Array(longest.utf8))))
        expectInvalid("ipc://\(longest)p", "\(limit + 1) bytes, at most \(limit)")
        expectInvalid("ipc://@\(longest)p", "\(limit + 1) bytes, at most \(limit)")
        // Bytes count, not characters.
        let wide = String(repeating: "\u{E9}", count: limit / 2 + 1)
        expectInvalid("ipc://\(wide)", "\(2 * (limit / 2 + 1)) bytes, at most \(limit)")
    }

    @Test func BI_E17_abstractNames() throws {
        expectInvalid("ipc://@", "name is empty")
        expectInvalid("ipc://", "path is empty")
        #expect(try Endpoint("ipc://@name", for: .bind) == .ipc(.abstract(Array("name".utf8))))
    }

    @Test(arguments: ["ipc:///tmp/a\0b", "inproc://a\0", "tcp://a\0b:1", "\0", "tcp\0://a:1"])
    func BI_E17_nul(_ text: String) {
        expectInvalid(text, "NUL")
    }

    @Test func BI_E19_temporaryPathIsForBind() throws {
        #expect(try Endpoint("ipc://*", for: .bind) == .ipc(.temporary))
        expectInvalid("ipc://*", "is for bind", for: [.connect])
    }

    @Test func BI_E20_inprocNames() throws {
        expectInvalid("inproc://", "name is empty")
        let longest = String(repeating: "n", count: 256)
        #expect(try Endpoint("inproc://\(longest)", for: .bind) == .inproc(Array(longest.utf8)))
        expectInvalid("inproc://\(longest)n", "257 bytes, at most 256")
        expectInvalid("inproc://\(String(repeating: "n", count: 300))", "300 bytes, at most 256")
    }

    @Test(arguments: [
        "", "tcp", "tcp:", "tcp:/", "tcp:/x", "tcp:x", "://", "://a", ":", "/", " ", "tcp ://a:1",
        " tcp://a:1", "tcp//a:1", "foo://a", "tcp;//a", "\u{1F600}://a", "tcpx://a:1",
        "http://example.com:80",
    ])
    func BI_E21_notAnEndpoint(_ text: String) {
        expectInvalid(text, "")
    }

    @Test(arguments: ["", "tcp://", "ipc://", "inproc://", "tcp://[", "x://", "tcp://a:"])
    func BI_E21_aMegabyte(_ prefix: String) {
        for filler in ["a", ":", "[", ";", "%", "1", "/"] {
            let text = prefix + String(repeating: filler, count: 1 << 20)
            expectInvalid(text, "")
        }
    }

    @Test(arguments: [
        "udp", "ws", "wss", "tipc", "vmci", "vsock", "pgm", "epgm", "norm",
    ])
    func BI_E23_knownTransportThatIsNotHere(_ scheme: String) {
        for purpose in [EndpointPurpose.bind, .connect] {
            let error = #expect(throws: EndpointError.self) {
                try Endpoint("\(scheme)://anything", for: purpose)
            }
            #expect(error?.code == .unsupported)
            #expect(error?.reason.contains("'\(scheme)' is not supported") == true)
        }
    }

    /// The error is `.invalid`, names the endpoint in one short printable line, and says `reason`.
    private func expectInvalid(
        _ text: String, _ reason: String, for purposes: [EndpointPurpose] = [.bind, .connect],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for purpose in purposes {
            do {
                let endpoint = try Endpoint(text, for: purpose)
                Issue.record("accepted as \(endpoint)", sourceLocation: sourceLocation)
            } catch {
                #expect(error.code == .invalid, sourceLocation: sourceLocation)
                #expect(error.reason.contains(reason), sourceLocation: sourceLocation)
                let named = "'" + EscapedText.make(text.utf8, limit: 160) + "': "
                #expect(error.reason.hasPrefix(named), sourceLocation: sourceLocation)
                let isPrintable = error.reason.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
                #expect(
                    isPrintable && error.reason.utf8.count < 900, sourceLocation: sourceLocation)
            }
        }
    }
}
