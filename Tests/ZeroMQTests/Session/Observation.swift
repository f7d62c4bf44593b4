@testable import ZeroMQ

/// Something a session did, told so that it does not depend on how its input was cut.
enum Observation: Equatable {
    case sent([UInt8])
    case established(PeerDescription)
    case frame([UInt8], more: Bool)
    case subscribed([UInt8])
    case cancelled([UInt8])
    case refused(RefusedFrame)
    case failed(SessionFailure)
}

/// All that a session did, and how many messages it counted.
struct Transcript: Equatable {
    var observations: [Observation] = []
    var messages = 0
    /// Misuse of the interface by the session itself; always empty unless there is a bug.
    var faults: [String] = []

    var sent: [[UInt8]] {
        observations.compactMap { if case .sent(let bytes) = $0 { bytes } else { nil } }
    }

    var frames: [[UInt8]] {
        observations.compactMap { if case .frame(let body, _) = $0 { body } else { nil } }
    }

    var refused: [RefusedFrame] {
        observations.compactMap { if case .refused(let kind) = $0 { kind } else { nil } }
    }

    var peer: PeerDescription? {
        observations.compactMap { if case .established(let peer) = $0 { peer } else { nil } }.first
    }

    var failure: SessionFailure? {
        observations.compactMap { if case .failed(let failure) = $0 { failure } else { nil } }.first
    }

    var code: SessionFailure.Code? { failure?.code }
}
