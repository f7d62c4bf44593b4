import Testing

@testable import zmq

struct ColumnsTests {
    @Test func numbersHaveAllTheirDecimals() {
        #expect(Columns.fixed(0.0451, decimals: 3) == "0.045")
        #expect(Columns.fixed(12.999, decimals: 1) == "13.0")
        #expect(Columns.fixed(-1.5, decimals: 1) == "-1.5")
        #expect(Columns.fixed(7, decimals: 0) == "7")
        #expect(Columns.fixed(.nan, decimals: 1) == "-")
    }

    @Test func ratesAreReadable() {
        #expect(Summary.readable(812.4) == "812")
        #expect(Summary.readable(54_321) == "54.3 k")
        #expect(Summary.readable(3_210_000) == "3.21 M")
    }
}
