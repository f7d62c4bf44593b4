import Testing

@testable import ZeroMQ

struct SocketTypeTests {
    /// The pairs of the table of socket types, each once.
    private static let pairs: [(SocketType, SocketType)] = [
        (.pair, .pair), (.publisher, .subscriber), (.publisher, .xSubscriber),
        (.xPublisher, .subscriber), (.xPublisher, .xSubscriber), (.request, .reply),
        (.request, .router), (.reply, .dealer), (.dealer, .dealer), (.dealer, .router),
        (.router, .router), (.pull, .push),
    ]

    @Test func N9_validPairsAreThoseOfTheTableAndNoOthers() {
        for left in SocketType.allCases {
            for right in SocketType.allCases {
                let valid = SocketTypeTests.pairs.contains {
                    ($0.0 == left && $0.1 == right) || ($0.0 == right && $0.1 == left)
                }
                #expect(left.canPeer(with: right) == valid, "\(left) and \(right)")
            }
        }
    }

    @Test func namesGoOutAndComeBack() {
        for type in SocketType.allCases where type != .stream {
            #expect(SocketType(wireName: type.wireName) == type)
        }
    }

    @Test(arguments: ["", "pub", "PUBX", "PU", "STREAM", "WALRUS", "PUB\0", "SERVER"])
    func otherNamesAreNone(name: String) {
        #expect(SocketType(wireName: name) == nil)
    }

    @Test func numbersAreThoseOfLibzmq() {
        #expect(SocketType.allCases.map(\.rawValue) == Array(0...11))
    }

    @Test func N6_identityIsAnnouncedByThreeTypes() {
        let types = SocketType.allCases.filter(\.announcesRoutingID)
        #expect(types == [.request, .dealer, .router])
    }
}
