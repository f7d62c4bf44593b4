import Testing

@testable import ZeroMQ

/// Two sessions that talk to each other.
struct SessionPairTests {
    /// Hands bytes to and fro, `chunk` at a time, until both are silent.
    private func connect(
        _ left: SessionConfiguration, _ right: SessionConfiguration, chunk: Int
    ) -> (Transcript, Transcript) {
        var leftDriver = SessionDriver(left)
        var rightDriver = SessionDriver(right)
        var toRight = leftDriver.session.start()
        var toLeft = rightDriver.session.start()
        while !toRight.isEmpty || !toLeft.isEmpty {
            toLeft += feed(&rightDriver, &toRight, chunk)
            toRight += feed(&leftDriver, &toLeft, chunk)
        }
        return (leftDriver.transcript, rightDriver.transcript)
    }

    /// Returns what the session sends in answer to the next bytes.
    private func feed(
        _ driver: inout SessionDriver, _ input: inout [UInt8], _ chunk: Int
    ) -> [UInt8] {
        let before = driver.transcript.observations.count
        driver.receive(input.prefix(chunk))
        input.removeFirst(min(chunk, input.count))
        return driver.transcript.observations[before...].flatMap { observation -> [UInt8] in
            switch observation {
            case .sent(let bytes): bytes
            case .failed(let failure): failure.reply
            default: []
            }
        }
    }

    @Test(arguments: [1, 7, 64, 10_000])
    func N9_everyPairAgreesOnItself(chunk: Int) {
        let types = SocketType.allCases.filter { $0 != .stream }
        for left in types {
            for right in types {
                let (first, second) = connect(
                    .of(left, role: .connector), .of(right), chunk: chunk)
                #expect(first.faults == [] && second.faults == [])
                if left.canPeer(with: right) {
                    #expect(first.peer?.socketType == right)
                    #expect(second.peer?.socketType == left)
                } else {
                    #expect(first.peer == nil && second.peer == nil)
                    #expect(first.failure?.retry == .stop)
                }
            }
        }
    }

    @Test func identityAndPropertiesArrive() {
        let property = MetadataProperty(reserved: "X-k", value: [1])
        let dealer = SessionConfiguration.of(.dealer, role: .connector) {
            $0.routingID = Array("me".utf8)
            $0.metadata = [property]
        }
        let (_, router) = connect(dealer, .of(.router), chunk: 5)
        let expected = PeerDescription(
            socketType: .dealer, routingID: Array("me".utf8), minorVersion: 1,
            properties: [property])
        #expect(router.peer == expected)
    }
}
