namespace Paydown.Server.Platform.Http;

/// <summary>The form of a field of a request.</summary>
public enum FieldType
{
    Text,
    Id,
    Amount,
    Rate,
    Integer,
    Date,
    Moment,
    Boolean,
    OneOf,
    Object,
    List,
    Values,
    Fixed,
    Cursor,
}

/// <summary>
/// One field of a request's body or query: its name on the wire, its form and its limits. The reader checks requests
/// against it and the OpenAPI document is written from it, so the two cannot differ.
/// </summary>
public sealed record Field
{
    private Field(string name, FieldType type, string description)
    {
        Name = name;
        Type = type;
        Description = description;
    }

    public string Name { get; }

    public FieldType Type { get; }

    public string Description { get; }

    public bool IsRequired { get; private init; } = true;

    /// <summary>
    /// True for an optional field that a change must send, as null if it has no value: omitting it would reset the
    /// stored value.
    /// </summary>
    public bool IsSpelledOut { get; private init; }

    /// <summary>True if a change that omits the field resets the stored value.</summary>
    public bool IsReset { get; private init; } = true;

    /// <summary>
    /// True for a PIN or a password. It is left out of the stored hash of a request, because a reader of the database
    /// could guess it from the hash.
    /// </summary>
    public bool IsSecret { get; private init; }

    /// <summary>The minimum and maximum number of characters of a text.</summary>
    public (int Min, int Max) Length { get; private init; }

    /// <summary>The pattern that a text must match, and the same in words.</summary>
    public (string Regex, string Words)? Pattern { get; private init; }

    /// <summary>True if a text may have several lines.</summary>
    public bool HasLines { get; private init; }

    /// <summary>The minimum and maximum of an integer or a rate, or of the number of elements of a list.</summary>
    public (long Min, long Max) Range { get; private init; }

    /// <summary>True if an amount may be 0.</summary>
    public bool IsFromZero { get; private init; }

    /// <summary>The largest amount, in major units; null if only the rules limit it.</summary>
    public long? MajorMax { get; private init; }

    /// <summary>True if a fixed field may have any value.</summary>
    public bool IsIgnored { get; private init; }

    /// <summary>True if a text is first cleaned by <see cref="PastedText"/>.</summary>
    public bool IsCleaned { get; private init; }

    /// <summary>True if a list is a set: order and repetition of its elements do not matter.</summary>
    public bool IsSet { get; private init; }

    /// <summary>True if an integer may also be sent as a string of digits.</summary>
    public bool TakesDigits { get; private init; }

    /// <summary>True if the example of a body includes the field.</summary>
    public bool IsInExamples { get; private init; } = true;

    /// <summary>The values that a <see cref="FieldType.OneOf"/> accepts.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The fields of an object, or of each object in a list.</summary>
    public IReadOnlyList<Field> Members { get; private init; } = [];

    /// <summary>The form of the values in a list of plain values. Its name is not sent.</summary>
    public Field? Element { get; private init; }

    /// <summary>The value in the documentation; null for a default of the type.</summary>
    public object? Example { get; init; }

    /// <summary>A text without control characters; see <see cref="TextCharacters"/>.</summary>
    public static Field Text(string name, string description, int min, int max) =>
        new(name, FieldType.Text, description) { Length = (min, max) };

    /// <summary>A UUID.</summary>
    public static Field Id(string name, string description) => new(name, FieldType.Id, description);

    /// <summary>Money in major units. The fraction digits are checked later, once the currency is known.</summary>
    public static Field Amount(string name, string description) => new(name, FieldType.Amount, description);

    /// <summary>A decimal number within limits that is not money, such as a rate in percent.</summary>
    public static Field Rate(string name, string description, long min, long max) =>
        new(name, FieldType.Rate, description) { Range = (min, max) };

    /// <summary>A whole number within limits.</summary>
    public static Field Integer(string name, string description, long min, long max) =>
        new(name, FieldType.Integer, description) { Range = (min, max) };

    /// <summary>A calendar date, <c>YYYY-MM-DD</c>.</summary>
    public static Field Date(string name, string description) => new(name, FieldType.Date, description);

    /// <summary>An ISO 8601 date or date-time; without an offset, in the organisation's time zone.</summary>
    public static Field Moment(string name, string description) => new(name, FieldType.Moment, description);

    /// <summary>True or false.</summary>
    public static Field Boolean(string name, string description) => new(name, FieldType.Boolean, description);

    /// <summary>The cursor of a page: opaque to clients, and checked by <see cref="Paging"/>.</summary>
    public static Field Cursor(string name, string description) => new(name, FieldType.Cursor, description);

    /// <summary>One of the given words.</summary>
    public static Field OneOf(string name, string description, params IReadOnlyList<string> words) =>
        new(name, FieldType.OneOf, description) { Words = words };

    /// <summary>An object with these fields.</summary>
    public static Field Object(string name, string description, params IReadOnlyList<Field> members) =>
        new(name, FieldType.Object, description) { Members = members };

    /// <summary>A list of objects.</summary>
    public static Field List(string name, string description, int max, params IReadOnlyList<Field> members) =>
        new(name, FieldType.List, description) { Members = members, Range = (0, max) };

    /// <summary>A list of plain values, all in the form of the element.</summary>
    public static Field Values(string name, string description, int max, Field element) =>
        new(name, FieldType.Values, description) { Element = element, Range = (0, max) };

    /// <summary>
    /// A field of a response that a change may send back but not change. The use case compares it with
    /// <see cref="FieldValues.ChangesOfFixed"/>.
    /// </summary>
    public static Field Fixed(string name) => new Field(name, FieldType.Fixed, "").Optional().NotInExamples();

    /// <summary>A field of a response that a change may send back with any value, which is ignored.</summary>
    public static Field Shown(string name) => Fixed(name) with { IsIgnored = true };

    /// <summary>Returns the same field, but it may be absent or null.</summary>
    public Field Optional() => this with { IsRequired = false };

    /// <summary>
    /// Returns the same field, but a change may omit it: the stored value is kept, or follows from other fields.
    /// </summary>
    public Field NotReset() => this with { IsRequired = false, IsReset = false };

    /// <summary>
    /// Returns the fields for a change that replaces everything stored. At every depth, an optional field must be sent
    /// too, as null if it has no value, so nothing is reset by omission.
    /// </summary>
    public static IReadOnlyList<Field> SpelledOut(IEnumerable<Field> fields) => [.. fields.Select(SpelledOut)];

    /// <summary>Returns the same field, but its value is stored nowhere.</summary>
    public Field Secret() => this with { IsSecret = true };

    /// <summary>Returns the same text, but it must match a pattern.</summary>
    public Field Matching(string regex, string words) => this with { Pattern = (regex, words) };

    /// <summary>Returns the same text, but it may have several lines.</summary>
    public Field WithLines() => this with { HasLines = true };

    /// <summary>Returns the same text, but it is cleaned by <see cref="PastedText"/>.</summary>
    public Field Cleaned() => this with { IsCleaned = true };

    /// <summary>Returns the same list as a set: another order of its elements is the same request.</summary>
    public Field AsSet() => this with { IsSet = true };

    /// <summary>Returns the same integer, but it may also be sent as a string of digits.</summary>
    public Field OrDigits() => this with { TakesDigits = true };

    /// <summary>Returns the same field, but examples omit it because a valid value depends on other fields.</summary>
    public Field NotInExamples() => this with { IsInExamples = false };

    /// <summary>Returns the same amount with a maximum, in major units.</summary>
    public Field AtMost(long major) => this with { MajorMax = major };

    /// <summary>Returns the same amount, but it may be 0.</summary>
    public Field FromZero() => this with { IsFromZero = true };

    // Applies to members too, even if their object may be omitted, such as a list of named entries.
    private static Field SpelledOut(Field field) =>
        !field.IsReset ? field : field with { IsSpelledOut = !field.IsRequired, Members = SpelledOut(field.Members) };
}
