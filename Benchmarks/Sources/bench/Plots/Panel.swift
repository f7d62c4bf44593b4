/// One diagram: a line for each side over an axis.
struct Panel {
    struct Tick {
        let x: Double
        let text: String
    }

    let title: String
    /// What the ticks count.
    let axis: String
    let ticks: [Tick]
    /// Whether the axis is; the values are always drawn by their logarithm.
    let isLogarithmic: Bool
    let series: [Series]

    private static let margins = (left: 48.0, right: 14.0, top: 30.0, bottom: 40.0)

    /// Draws it with its upper left corner at a point.
    func draw(on canvas: inout SVG, x: Double, y: Double, width: Double, height: Double) {
        let margins = Self.margins
        let frame = (
            left: x + margins.left, right: x + width - margins.right,
            top: y + margins.top, bottom: y + height - margins.bottom
        )
        let values = series.flatMap { $0.points.flatMap { [$0.figures.q1, $0.figures.q3] } }
        let vertical = LogScale(around: values, along: frame.bottom, frame.top)
        canvas.text(title, x: frame.left, y: y + 16, size: 13, isBold: true)
        for value in vertical.ticks {
            let place = vertical.place(value)
            canvas.line(
                from: (frame.left, place), to: (frame.right, place), colour: Palette.grid)
            canvas.text(
                NumberText.compact(value), x: frame.left - 6, y: place + 4, size: 11,
                anchor: .end, colour: Palette.faint)
        }
        for tick in ticks {
            let place = self.place(tick.x, frame.left, frame.right)
            canvas.line(
                from: (place, frame.bottom), to: (place, frame.bottom + 4), colour: Palette.faint)
            canvas.text(
                tick.text, x: place, y: frame.bottom + 17, size: 11, anchor: .middle,
                colour: Palette.faint)
        }
        canvas.line(
            from: (frame.left, frame.bottom), to: (frame.right, frame.bottom),
            colour: Palette.faint)
        canvas.text(
            axis, x: (frame.left + frame.right) / 2, y: frame.bottom + 33, size: 11,
            anchor: .middle, colour: Palette.faint)
        // Ours come last, on top of the others.
        for line in series.reversed() {
            draw(line, on: &canvas, vertical) { place($0, frame.left, frame.right) }
        }
    }

    private func draw(
        _ line: Series, on canvas: inout SVG, _ vertical: LogScale, _ across: (Double) -> Double
    ) {
        let colour = Palette.colour(line.side)
        let places = line.points.map {
            (x: across($0.x), y: vertical.place($0.figures.median), figures: $0.figures)
        }
        for place in places {
            canvas.line(
                from: (place.x, vertical.place(place.figures.q1)),
                to: (place.x, vertical.place(place.figures.q3)), colour: colour, width: 1.2)
        }
        canvas.polyline(
            places.map { ($0.x, $0.y) }, colour: colour, dashes: Palette.dashes(line.side))
        for place in places { canvas.dot(x: place.x, y: place.y, colour: colour) }
    }

    private func place(_ x: Double, _ left: Double, _ right: Double) -> Double {
        let inset = 12.0
        let (first, last) = (ticks.first?.x ?? 0, ticks.last?.x ?? 1)
        guard last > first else { return (left + right) / 2 }
        if isLogarithmic {
            return LogScale(from: first, to: last, along: left + inset, right - inset).place(x)
        }
        return left + inset + (x - first) / (last - first) * (right - left - 2 * inset)
    }
}
