/// A picture of one or more panels with one legend.
struct Figure {
    let title: String
    let panels: [Panel]

    private static let width = 960.0
    private static let panelHeight = 270.0
    private static let head = 66.0
    private static let padding = 12.0
    private static let mostColumns = 3

    var svg: String {
        let columns = min(panels.count, Self.mostColumns)
        let rows = (panels.count + columns - 1) / columns
        let height = Self.head + Double(rows) * Self.panelHeight + Self.padding
        let panelWidth = (Self.width - 2 * Self.padding) / Double(columns)
        var canvas = SVG(width: Self.width, height: height, title: title)
        canvas.text(title, x: 2 * Self.padding, y: 28, size: 16, isBold: true)
        drawLegend(on: &canvas)
        for (index, panel) in panels.enumerated() {
            panel.draw(
                on: &canvas, x: Self.padding + Double(index % columns) * panelWidth,
                y: Self.head + Double(index / columns) * Self.panelHeight,
                width: panelWidth, height: Self.panelHeight)
        }
        return canvas.text
    }

    private func drawLegend(on canvas: inout SVG) {
        let sides = Side.allCases.filter { side in
            panels.contains { panel in panel.series.contains { $0.side == side } }
        }
        var x = 2 * Self.padding
        for side in sides {
            let colour = Palette.colour(side)
            canvas.polyline(
                [(x, 46), (x + 22, 46)], colour: colour, dashes: Palette.dashes(side))
            canvas.dot(x: x + 11, y: 46, colour: colour)
            canvas.text(side.title, x: x + 28, y: 50, size: 12)
            x += 28 + 6.6 * Double(side.title.count) + 22
        }
    }
}
