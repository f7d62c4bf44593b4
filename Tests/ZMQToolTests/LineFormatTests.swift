import Testing

@testable import zmq

struct LineFormatTests {
    static let frames: [[UInt8]] = [
        [], bytes("hello"), bytes("käse €uro 🧀"), bytes("a\tb\nc\r"), bytes(#"C:\new\x41 "q" \\x"#),
        [0x00], [0xff], [0x00, 0x80, 0x41, 0xfe], [0xc3], [0xe2, 0x82], [0x5c, 0x78, 0x35, 0xff],
        [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], Array(0...255),
    ]

    @Test(arguments: [LineFormat.text, .json, .hex])
    func readsBackWhatItWrites(_ format: LineFormat) throws {
        for first in Self.frames {
            for second in Self.frames {
                let line = format.line([first, second])
                #expect(!line.contains("\n"))
                #expect(try format.frames(line) == [first, second])
            }
            #expect(try format.frames(format.line([first])) == [first])
        }
    }

    @Test func textIsAsTyped() throws {
        #expect(LineFormat.text.line([bytes("topic"), bytes("body")]) == "topic\tbody")
        #expect(try LineFormat.text.frames("") == [[]])
        #expect(try LineFormat.text.frames("\t") == [[], []])
        let json = #"{"text": "a\nb \u0041 \\d+"}"#
        #expect(try LineFormat.text.frames(json) == [bytes(json)])
        #expect(LineFormat.text.line([bytes(json)]) == json)
    }

    @Test func textEscapesOnlyWhatIsNotText() throws {
        #expect(LineFormat.text.line([[0x00, 0x61, 0xff]]) == #"\x00a\xff"#)
        #expect(LineFormat.text.line([bytes("\\x41")]) == #"\x5cx41"#)
        #expect(try LineFormat.text.frames(#"\x00\xFf\x4"#) == [[0x00, 0xff] + bytes(#"\x4"#)])
    }

    @Test func jsonIsAnArrayOfStrings() {
        #expect(LineFormat.json.line([bytes("a"), []]) == #"["a", ""]"#)
        #expect(LineFormat.json.line([[0xff, 0x00]]) == #"[{"hex": "ff00"}]"#)
        #expect(LineFormat.json.line([bytes("\"\\\n\u{1}")]) == #"["\"\\\n\u0001"]"#)
    }

    @Test func jsonReadsAllEscapes() throws {
        let line = #" [ "\u00e4\ud83e\uddc0\/\b\f\n\r\t\"\\" , {"hex" : "00FF"} ] "#
        let text = bytes("ä🧀/\u{8}\u{c}\n\r\t\"\\")
        #expect(try LineFormat.json.frames(line) == [text, [0x00, 0xff]])
    }

    @Test(arguments: [
        "", "[]", "[", "hello", #""hello""#, #"["a"#, #"["a""#, #"["a",]"#, #"["a"] x"#, "[1]",
        #"["\x"]"#, #"["\u12"]"#, #"["\ud800"]"#, #"["\ud800\u0041"]"#, #"["\udc00"]"#,
        "[[]]", "[\"\u{1}\"]",
        #"[{"hex": "0"}]"#, #"[{"hex": "0g"}]"#, #"[{"text": "00"}]"#, #"[{"hex": "00"]"#, "[{}]",
        #"["a" "b"]"#, #"["\"#,
    ])
    func badJSONIsAnError(_ line: String) {
        #expect(throws: ToolError.self) { try LineFormat.json.frames(line) }
    }

    @Test func textOfJSONMustBeUTF8() {
        let line: [UInt8] = [0x5b, 0x22, 0xff, 0x22, 0x5d]
        #expect(throws: ToolError.self) { try LineFormat.json.frames(of: line[...]) }
    }

    @Test(arguments: ["0", "0g", "00 11", "é"])
    func badHexIsAnError(_ line: String) {
        #expect(throws: ToolError.self) { try LineFormat.hex.frames(line) }
    }

    @Test func hexKeepsEmptyFrames() throws {
        #expect(LineFormat.hex.line([[], [0x0a, 0xff], []]) == "\t0aff\t")
        #expect(try LineFormat.hex.frames("0A\t\tfF") == [[0x0a], [], [0xff]])
    }
}
