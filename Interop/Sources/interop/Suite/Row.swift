/// One line of the matrix: a scenario for a pair of socket types.
struct Row: Sendable {
    let family: String
    let pair: TypePair
    /// What tells rows of one family and pair apart; empty if nothing has to.
    let variant: String
    /// Heavy rows run alone, light ones beside each other.
    let isHeavy: Bool
    /// Why a column is not run; nil: it is.
    let skip: @Sendable (Column, _ quick: Bool) -> String?
    let run: @Sendable (Stage) throws(Failure) -> Void

    init(
        _ family: String, _ pair: TypePair, _ variant: String = "", isHeavy: Bool = false,
        skip: @escaping @Sendable (Column, Bool) -> String? = Skip.plain,
        run: @escaping @Sendable (Stage) throws(Failure) -> Void
    ) {
        self.family = family
        self.pair = pair
        self.variant = variant
        self.isHeavy = isHeavy
        self.skip = skip
        self.run = run
    }

    var title: String { variant.isEmpty ? pair.title : "\(pair.title), \(variant)" }
}

/// Reasons for which a cell is not run.
enum Skip {
    static let ipv6 = "IPv6 differs from IPv4 in the address alone: run for a few pairs"
    static let quick = "left out with --quick"

    /// Everything but IPv6.
    static let plain: @Sendable (Column, Bool) -> String? = { column, _ in
        column.transport == .tcp6 ? ipv6 : nil
    }

    /// IPv6 for the pairs that stand for all.
    static func withIPv6(_ pair: TypePair) -> @Sendable (Column, Bool) -> String? {
        if pair.contains(.push) || pair == TypePair(ours: .dealer, theirs: .router) {
            return { _, _ in nil }
        }
        return plain
    }

    /// In a quick run tcp alone, and only against libzmq.
    static let leanQuick: @Sendable (Column, Bool) -> String? = { column, isQuick in
        if let reason = plain(column, isQuick) { return reason }
        let isLean = column.transport == .tcp && column.foreign == .libzmq
        return isQuick && !isLean ? quick : nil
    }

    /// In a quick run tcp alone.
    static let tcpQuick: @Sendable (Column, Bool) -> String? = { column, isQuick in
        plain(column, isQuick) ?? (isQuick && column.transport != .tcp ? quick : nil)
    }

    static let fullOnly: @Sendable (Column, Bool) -> String? = { column, isQuick in
        plain(column, isQuick) ?? (isQuick ? quick : nil)
    }
}
