/// A drawing as text, element by element.
struct SVG {
    enum Anchor: String { case start, middle, end }

    private var elements: [String] = []
    private let head: String

    init(width: Double, height: Double, title: String) {
        let (w, h) = (Self.number(width), Self.number(height))
        head = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(w) \(h)" width="\(w)" \
            height="\(h)" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, \
            Arial, sans-serif">
            <title>\(Self.escaped(title))</title>
            <rect x="0.5" y="0.5" width="\(Self.number(width - 1))" \
            height="\(Self.number(height - 1))" rx="8" fill="\(Palette.paper)" \
            stroke="\(Palette.border)"/>
            """
    }

    var text: String { ([head] + elements + ["</svg>"]).joined(separator: "\n") + "\n" }

    mutating func text(
        _ text: String, x: Double, y: Double, size: Int, anchor: Anchor = .start,
        isBold: Bool = false, colour: String = Palette.ink
    ) {
        let weight = isBold ? " font-weight=\"600\"" : ""
        elements.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(size)\""
                + " text-anchor=\"\(anchor.rawValue)\" fill=\"\(colour)\"\(weight)>"
                + "\(Self.escaped(text))</text>")
    }

    mutating func line(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), colour: String,
        width: Double = 1
    ) {
        elements.append(
            "<line x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\""
                + " x2=\"\(Self.number(end.x))\" y2=\"\(Self.number(end.y))\""
                + " stroke=\"\(colour)\" stroke-width=\"\(Self.number(width))\"/>")
    }

    mutating func polyline(
        _ points: [(x: Double, y: Double)], colour: String, dashes: String? = nil
    ) {
        let places = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
        let dashed = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        elements.append(
            "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\""
                + " stroke=\"\(colour)\" stroke-width=\"2\" stroke-linejoin=\"round\"\(dashed)/>")
    }

    mutating func dot(x: Double, y: Double, colour: String) {
        elements.append(
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"3\""
                + " fill=\"\(colour)\"/>")
    }

    private static func number(_ value: Double) -> String {
        NumberText.fixed(value, decimals: 1)
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
            .split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
    }
}
