import Testing

@testable import ZeroMQ

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1:5555", "127.0.0.1:5555"),
        ("0.0.0.0:0", "0.0.0.0:0"),
        ("255.255.255.255:65535", "255.255.255.255:65535"),
        ("[::]:1", "[::]:1"),
        ("[::1]:5555", "[::1]:5555"),
        ("[0:0:0:0:0:0:0:1]:5", "[::1]:5"),
        ("[2001:DB8::8:800:200C:417A]:80", "[2001:db8::8:800:200c:417a]:80"),
        ("[2001:db8:0:0:1:0:0:1]:80", "[2001:db8::1:0:0:1]:80"),
        ("[1:0:2:3:4:5:6:7]:80", "[1:0:2:3:4:5:6:7]:80"),
        ("[1::]:80", "[1::]:80"),
        ("[::1:2:3:4:5:6:7]:80", "[0:1:2:3:4:5:6:7]:80"),
        ("[::ffff:1.2.3.4]:80", "[::ffff:1.2.3.4]:80"),
        ("[64:ff9b::1.2.3.4]:80", "[64:ff9b::102:304]:80"),
        ("[fe80::1%7]:80", "[fe80::1%7]:80"),
        ("/tmp/a", "/tmp/a"),
        ("@name", "@name"),
    ])
    func readsAndWrites(_ text: String, _ canonical: String) throws {
        let address = try #require(SocketAddress(text))
        #expect(address.description == canonical)
        #expect(SocketAddress(canonical) == address)
    }

    @Test(arguments: [
        "", ":", "1.2.3.4", "1.2.3:5", "1.2.3.4.5:6", "1.2.3.256:7", "1.2.3.04:7", "1.2.3.4:",
        "1.2.3.4:65536", "1.2.3.4:123456", "1.2.3.4:-1", "1.2.3.4:+1", "1.2.3.4: 1", "::1:5",
        "[::1]", "[]:5", "[::1:5", "::1]:5", "[1.2.3.4]:5", "[:1:2:3:4:5:6:7:8]:5",
        "[1:2:3:4:5:6:7]:5", "[1:2:3:4:5:6:7:8:9]:5", "[1::2::3]:5", "[:::]:5", "[12345::]:5",
        "[g::]:5", "[1:2:3:4:5:6:7::8]:5", "[1.2.3.4::]:5", "[fe80::1%]:5",
        "[fe80::1%99999999999]:5", "[fe80::1%nosuchdevice]:5", "localhost:5", "@", "name",
    ])
    func refuses(_ text: String) {
        #expect(SocketAddress(text) == nil)
    }

    @Test func boundsLocalNames() {
        let longest = [UInt8](repeating: 97, count: SocketAddress.maximumPathLength)
        #expect(SocketAddress(path: longest) != nil)
        #expect(SocketAddress(path: longest + [97]) == nil)
        #expect(SocketAddress(path: [97, 0, 98]) == nil)
        #expect(SocketAddress(abstractName: longest) != nil)
        #expect(SocketAddress(abstractName: longest + [97]) == nil)
        #expect(SocketAddress(abstractName: [0, 1]) != nil)
    }

    @Test(
        arguments: ["127.0.0.1:5555", "[::1]:5555", "[fe80::1%7]:80", "/tmp/some/path"]
            + (System.hasAbstractNames ? ["@name"] : []))
    func survivesTheSystemsForm(_ text: String) throws {
        let address = try #require(SocketAddress(text))
        let back = address.withSockaddr { pointer, length in
            SocketAddress(UnsafeRawBufferPointer(start: pointer, count: Int(length)))
        }
        #expect(back == address)
    }

    @Test func refusesMalformedSystemForms() throws {
        let address = try #require(SocketAddress("[::1]:5555"))
        address.withSockaddr { pointer, length in
            for count in 0..<Int(length) {
                #expect(
                    SocketAddress(UnsafeRawBufferPointer(start: pointer, count: count)) == nil)
            }
        }
        let other = [UInt8](repeating: 0xff, count: 28)
        #expect(other.withUnsafeBytes { SocketAddress($0) } == nil)
    }

    @Test func changesItsPortOnly() throws {
        let address = try #require(SocketAddress("[fe80::1%7]:80"))
        #expect(address.with(port: 81).description == "[fe80::1%7]:81")
        let path = try #require(SocketAddress("/tmp/a"))
        #expect(path.with(port: 81) == path)
        #expect(path.port == 0)
        #expect(path.isLocal)
        #expect(SocketAddress.anyIPv6.isWildcard)
        #expect(SocketAddress.anyIPv4.isWildcard)
    }
}
