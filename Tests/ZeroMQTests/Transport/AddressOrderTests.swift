import Testing

@testable import ZeroMQ

@Suite struct AddressOrderTests {
    private static func four(_ number: UInt32) -> SocketAddress {
        SocketAddress(ipv4: number, port: 0)
    }
    private static func six(_ number: UInt64) -> SocketAddress {
        SocketAddress(ipv6: 0, number, port: 0)
    }

    @Test func BI_E14_familiesTakeTurnsAndKeepTheirOrder() {
        let (four, six) = (Self.four, Self.six)
        #expect(AddressOrder.interleave([]) == [])
        #expect(AddressOrder.interleave([four(2), four(1)]) == [four(2), four(1)])
        #expect(
            AddressOrder.interleave([six(1), six(2), six(3), four(1), four(2)])
                == [six(1), four(1), six(2), four(2), six(3)])
        #expect(
            AddressOrder.interleave([four(1), six(1), six(2)]) == [four(1), six(1), six(2)])
    }

    @Test func BI_E14_repeatedAddressesAreTriedOnce() {
        let (four, six) = (Self.four, Self.six)
        #expect(AddressOrder.interleave([four(1), four(1), six(1), four(1)]) == [four(1), six(1)])
    }
}
