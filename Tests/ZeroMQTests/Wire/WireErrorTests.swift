import Testing

@testable import ZeroMQ

struct WireErrorTests {
    private static let errors: [WireError] = [
        .reservedFlags(8), .frameTooLarge(announced: .max), .commandWithMore, .tooManyFrames,
        .messageTooLarge, .messageBeforeHandshake, .commandTooLarge(announced: 1),
        .malformedCommandName, .malformedCommand(.ping),
        .unexpectedCommand(name: Array("READY".utf8)), .topicTooLong, .tooManyRefusals,
        .truncatedMetadata, .metadataTooLarge, .invalidPropertyName, .duplicateProperty,
        .missingSocketType, .invalidRoutingID,
    ]

    @Test func everyErrorHasWordsOfItsOwn() {
        let words = Set(WireErrorTests.errors.map(\.description))
        #expect(words.count == WireErrorTests.errors.count)
    }

    @Test func BI_M16_whatPeersWriteIsEscapedInWords() {
        let hostile: [UInt8] = [27, 91, 50, 74, 10, 0, 255]
        let codes: [SessionFailure.Code] = [
            .protocolViolation(.unexpectedCommand(name: hostile)), .peerError(reason: hostile),
            .incompatibleSocketType(name: hostile),
            .mechanismMismatch(ours: .null, theirs: MechanismName("\u{1B}[2J")),
        ]
        for code in codes {
            let text = SessionFailure(code: code).description
            #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(text)")
            #expect(text.contains("\\x1b[2J"), "\(text)")
        }
    }

    @Test func N10_longReasonsAreCutInWords() {
        let failure = SessionFailure(
            code: .incompatibleSocketType(name: [UInt8](repeating: 65, count: 9999)))
        #expect(failure.description.count < 200)
    }
}
