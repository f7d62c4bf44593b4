// What the Swift overlay of Windows adds to the headers.
@_exported import WinSDK

public var INVALID_HANDLE_VALUE: HANDLE { HANDLE(bitPattern: -1).unsafelyUnwrapped }
public var INVALID_SOCKET: SOCKET { SOCKET.max }

extension WindowsBool: ExpressibleByBooleanLiteral {
    public var boolValue: Bool { _value != 0 }
    public init(booleanLiteral value: Bool) { self.init(_value: value ? 1 : 0) }
    public init(_ value: Bool) { self.init(_value: value ? 1 : 0) }
}
