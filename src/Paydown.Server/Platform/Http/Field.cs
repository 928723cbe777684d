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
/// One field of a request's body or query: its name on the wire, its form and its limits. The reader checks by it and
/// the OpenAPI document is written from it, so that the two cannot differ.
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
    /// True for an optional field that must be sent all the same, null spelled out, because leaving it out would reset
    /// what is stored.
    /// </summary>
    public bool IsSpelledOut { get; private init; }

    /// <summary>Whether a change that leaves it out resets what is stored.</summary>
    public bool IsReset { get; private init; } = true;

    /// <summary>
    /// True for a PIN or a password: it is no part of the stored fingerprint of a request, which would give it away to
    /// whoever reads the database and guesses.
    /// </summary>
    public bool IsSecret { get; private init; }

    /// <summary>Fewest and most characters of a text.</summary>
    public (int Min, int Max) Length { get; private init; }

    /// <summary>A pattern that a text must match, and what it means in words.</summary>
    public (string Regex, string Words)? Pattern { get; private init; }

    /// <summary>Whether a text may have several lines.</summary>
    public bool HasLines { get; private init; }

    /// <summary>Least and most of an integer or a rate, or elements of a list.</summary>
    public (long Min, long Max) Range { get; private init; }

    /// <summary>Whether an amount may be 0.</summary>
    public bool IsFromZero { get; private init; }

    /// <summary>The largest amount, in major units; null: whatever the rules say.</summary>
    public long? MajorMax { get; private init; }

    /// <summary>Whether a fixed field may have any value.</summary>
    public bool IsIgnored { get; private init; }

    /// <summary>Whether a text is tidied as <see cref="PastedText"/> says before anything else.</summary>
    public bool IsCleaned { get; private init; }

    /// <summary>Whether the elements of a list have no order and count once each.</summary>
    public bool IsSet { get; private init; }

    /// <summary>Whether an integer may also be written as a string of digits.</summary>
    public bool TakesDigits { get; private init; }

    /// <summary>Whether the example of a body shows it.</summary>
    public bool IsInExamples { get; private init; } = true;

    /// <summary>The words that a <see cref="FieldType.OneOf"/> takes.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The fields of an object, or of each object in a list.</summary>
    public IReadOnlyList<Field> Members { get; private init; } = [];

    /// <summary>The form of each value of a list of plain values; its name is not on the wire.</summary>
    public Field? Element { get; private init; }

    /// <summary>A value for the documentation; null takes one by type.</summary>
    public object? Example { get; init; }

    /// <summary>A text without control characters; see <see cref="TextCharacters"/>.</summary>
    public static Field Text(string name, string description, int min, int max) =>
        new(name, FieldType.Text, description) { Length = (min, max) };

    /// <summary>A UUID.</summary>
    public static Field Id(string name, string description) => new(name, FieldType.Id, description);

    /// <summary>Money in major units; its digits are checked where the currency is known.</summary>
    public static Field Amount(string name, string description) => new(name, FieldType.Amount, description);

    /// <summary>A decimal number within limits that is not money, for example a rate in percent.</summary>
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

    /// <summary>Where a page of a list begins: opaque to clients, and checked by <see cref="Paging"/>.</summary>
    public static Field Cursor(string name, string description) => new(name, FieldType.Cursor, description);

    /// <summary>One of some words.</summary>
    public static Field OneOf(string name, string description, params IReadOnlyList<string> words) =>
        new(name, FieldType.OneOf, description) { Words = words };

    /// <summary>An object with fields of its own.</summary>
    public static Field Object(string name, string description, params IReadOnlyList<Field> members) =>
        new(name, FieldType.Object, description) { Members = members };

    /// <summary>A list of objects.</summary>
    public static Field List(string name, string description, int max, params IReadOnlyList<Field> members) =>
        new(name, FieldType.List, description) { Members = members, Range = (0, max) };

    /// <summary>A list of plain values, each of the form of an element.</summary>
    public static Field Values(string name, string description, int max, Field element) =>
        new(name, FieldType.Values, description) { Element = element, Range = (0, max) };

    /// <summary>
    /// What an answer shows and a change cannot change: it may be sent back as it was shown. The use case compares,
    /// by <see cref="FieldValues.ChangesOfFixed"/>.
    /// </summary>
    public static Field Fixed(string name) => new Field(name, FieldType.Fixed, "").Optional().NotInExamples();

    /// <summary>What an answer shows of how a thing came to be: it may be sent back, and says nothing.</summary>
    public static Field Shown(string name) => Fixed(name) with { IsIgnored = true };

    /// <summary>The same field, which may be absent or null.</summary>
    public Field Optional() => this with { IsRequired = false };

    /// <summary>
    /// The same optional field, which a change may leave out: what is stored stays, or the other fields decide it.
    /// </summary>
    public Field NotReset() => this with { IsRequired = false, IsReset = false };

    /// <summary>
    /// The fields of a change that replaces all that is stored: at every depth, an optional field must be sent too,
    /// null spelled out, so that nothing is reset by being left out.
    /// </summary>
    public static IReadOnlyList<Field> SpelledOut(IEnumerable<Field> fields) => [.. fields.Select(SpelledOut)];

    /// <summary>The same field, whose value is kept nowhere.</summary>
    public Field Secret() => this with { IsSecret = true };

    /// <summary>The same text, which must also match a pattern.</summary>
    public Field Matching(string regex, string words) => this with { Pattern = (regex, words) };

    /// <summary>The same text, which may have several lines.</summary>
    public Field WithLines() => this with { HasLines = true };

    /// <summary>The same text, read without what nobody sees: see <see cref="PastedText"/>.</summary>
    public Field Cleaned() => this with { IsCleaned = true };

    /// <summary>The same list, whose elements have no order: sent in another, they are the same request.</summary>
    public Field AsSet() => this with { IsSet = true };

    /// <summary>The same integer, which may also be written as a string of digits.</summary>
    public Field OrDigits() => this with { TakesDigits = true };

    /// <summary>
    /// The same field, which the example of a body leaves out: what would be right depends on something else.
    /// </summary>
    public Field NotInExamples() => this with { IsInExamples = false };

    /// <summary>The same amount, at most so many major units.</summary>
    public Field AtMost(long major) => this with { MajorMax = major };

    /// <summary>The same amount, which may be 0.</summary>
    public Field FromZero() => this with { IsFromZero = true };

    // What may be left out itself may have members that are: a list of named entries, for example.
    private static Field SpelledOut(Field field) =>
        !field.IsReset ? field : field with { IsSpelledOut = !field.IsRequired, Members = SpelledOut(field.Members) };
}
