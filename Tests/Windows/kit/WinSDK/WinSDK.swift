// What the Swift overlay of a Windows toolchain adds to the headers, as far as it is used.
@_exported import WinSDK

public var INVALID_HANDLE_VALUE: HANDLE { HANDLE(bitPattern: -1).unsafelyUnwrapped }
public var INVALID_SOCKET: SOCKET { SOCKET(bitPattern: -1) }

/// `BOOL` in the signature of a function is imported as `Bool` by way of this type.
@frozen public struct WindowsBool: ExpressibleByBooleanLiteral {
    @usableFromInline var _value: Int32

    public var boolValue: Bool { @_transparent get { !(_value == 0) } }
    @_transparent public init(booleanLiteral value: Bool) { self.init(value) }
    @_transparent public init(_ value: Bool) { self._value = value ? 1 : 0 }
}

@_transparent public func _convertBoolToWindowsBool(_ value: Bool) -> WindowsBool {
    WindowsBool(value)
}

@_transparent public func _convertWindowsBoolToBool(_ value: WindowsBool) -> Bool {
    value.boolValue
}
