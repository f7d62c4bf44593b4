/// What an endpoint is for; the rules differ.
enum EndpointPurpose: Hashable, Sendable {
    /// To listen: wildcards and interface names are fine, host names are not.
    case bind
    /// To connect: host names are fine, wildcards are not.
    case connect
}
