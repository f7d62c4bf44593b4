/// One colour for each side, in every picture, and those of the paper.
enum Palette {
    static let paper = "#ffffff"
    static let border = "#d0d7de"
    static let ink = "#1f2328"
    static let faint = "#59636e"
    static let grid = "#e4e8ec"

    static func colour(_ side: Side) -> String {
        switch side {
        case .ours: "#d9480f"
        case .oursAsync: "#f0a202"
        case .oursIO: "#b5179e"
        case .oursUring: "#0a9396"
        case .oursSpin: "#5f3dc4"
        case .libzmq: "#1971c2"
        case .nng: "#2f9e44"
        case .raw: "#868e96"
        }
    }

    /// The limit is no rival: its line is dashed.
    static func dashes(_ side: Side) -> String? { side == .raw ? "5 4" : nil }
}
