using System.Text.Json;
using Paydown.Lending.Identifiers;

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
/// the OpenAPI document is written from it, so that the two cannot differ. Its value is read by the declaration itself
/// (<see cref="Field{T}"/>), never by a name.
/// </summary>
public abstract record Field
{
    // A changed copy, for example a spelled-out one, is still the same declaration.
    private readonly object declaration = new();

    private protected Field(string name, FieldType type, string description)
    {
        Name = name;
        Type = type;
        Description = description;
    }

    public string Name { get; }

    public FieldType Type { get; }

    public string Description { get; }

    public bool IsRequired { get; private protected init; } = true;

    /// <summary>
    /// True for an optional field that must be sent all the same, null spelled out, because leaving it out would reset
    /// what is stored.
    /// </summary>
    public bool IsSpelledOut { get; private init; }

    /// <summary>Whether a change that leaves it out resets what is stored.</summary>
    public bool IsReset { get; private protected init; } = true;

    /// <summary>
    /// True for a PIN or a password: it is no part of the stored fingerprint of a request, which would give it away to
    /// whoever reads the database and guesses.
    /// </summary>
    public bool IsSecret { get; private protected init; }

    /// <summary>Fewest and most characters of a text.</summary>
    public (int Min, int Max) Length { get; private init; }

    /// <summary>A pattern that a text must match, and what it means in words.</summary>
    public (string Regex, string Words)? Pattern { get; private protected init; }

    /// <summary>Whether a text may have several lines.</summary>
    public bool HasLines { get; private protected init; }

    /// <summary>Least and most of an integer or a rate, or elements of a list.</summary>
    public (long Min, long Max) Range { get; private protected init; }

    /// <summary>Whether an amount may be 0.</summary>
    public bool IsFromZero { get; private protected init; }

    /// <summary>The largest amount, in major units; null: whatever the rules say.</summary>
    public long? MajorMax { get; private protected init; }

    /// <summary>Whether a fixed field may have any value.</summary>
    public bool IsIgnored { get; private init; }

    /// <summary>Whether a text is tidied as <see cref="PastedText"/> says before anything else.</summary>
    public bool IsCleaned { get; private protected init; }

    /// <summary>Whether the elements of a list have no order and count once each.</summary>
    public bool IsSet { get; private protected init; }

    /// <summary>Whether an integer may also be written as a string of digits.</summary>
    public bool TakesDigits { get; private protected init; }

    /// <summary>Whether the example of a body shows it.</summary>
    public bool IsInExamples { get; private protected init; } = true;

    /// <summary>The words that a <see cref="FieldType.OneOf"/> takes.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The fields of an object, or of each object in a list.</summary>
    public IReadOnlyList<Field> Members { get; private init; } = [];

    /// <summary>The form of each value of a list of plain values; its name is not on the wire.</summary>
    public Field? Element { get; private init; }

    /// <summary>A value for the documentation; null takes one by type.</summary>
    public object? Example { get; private protected init; }

    /// <summary>A text without control characters; see <see cref="TextCharacters"/>.</summary>
    public static Field<string> Text(string name, string description, int min, int max) =>
        new(name, FieldType.Text, description, (in value) => (string)value.Reference!) { Length = (min, max) };

    /// <summary>The id of one kind of record, a UUID.</summary>
    public static Field<TId> Id<TId>(string name, string description)
        where TId : struct, IId<TId> => new(name, FieldType.Id, description, (in value) => TId.Of(value.Id));

    /// <summary>
    /// Money in major units, as a decimal: its currency is that of a loan or lender that only the use case reads, and
    /// the rules check its digits in that currency. Beyond what a decimal holds, it is the largest decimal of its
    /// sign.
    /// </summary>
    public static Field<decimal> Amount(string name, string description) =>
        new(name, FieldType.Amount, description, (in value) => value.Number);

    /// <summary>A decimal number within limits that is not money, for example a rate in percent.</summary>
    public static Field<decimal> Rate(string name, string description, long min, long max) =>
        new(name, FieldType.Rate, description, (in value) => value.Number) { Range = (min, max) };

    /// <summary>A whole number within limits.</summary>
    public static Field<int> Integer(string name, string description, int min, int max) =>
        new(name, FieldType.Integer, description, (in value) => (int)value.Number) { Range = (min, max) };

    /// <summary>A calendar date, <c>YYYY-MM-DD</c>.</summary>
    public static Field<DateOnly> Date(string name, string description) =>
        new(name, FieldType.Date, description, (in value) => DateOnly.FromDateTime(value.Moment.Written.DateTime));

    /// <summary>An ISO 8601 date or date-time; without an offset, in the organisation's time zone.</summary>
    public static Field<Moment> Moment(string name, string description) =>
        new(name, FieldType.Moment, description, (in value) => value.Moment);

    /// <summary>True or false.</summary>
    public static Field<bool> Boolean(string name, string description) =>
        new(name, FieldType.Boolean, description, (in value) => value.Number != 0);

    /// <summary>Where a page of a list begins: opaque to clients, and checked by <see cref="Paging"/>.</summary>
    public static Field<string> Cursor(string name, string description) =>
        new(name, FieldType.Cursor, description, (in value) => (string)value.Reference!);

    /// <summary>One of some words.</summary>
    public static Field<string> OneOf(string name, string description, params IReadOnlyList<string> words) =>
        new(name, FieldType.OneOf, description, (in value) => (string)value.Reference!) { Words = words };

    /// <summary>One value of an enumeration, as its word; one of all values if none are named.</summary>
    public static Field<T> OneOf<T>(string name, string description, params IReadOnlyList<T> values)
        where T : struct, Enum =>
        new(name, FieldType.OneOf, description, (in value) => Lending.Outcomes.Words.Read<T>((string)value.Reference!))
        {
            Words =
                values.Count == 0 ? Lending.Outcomes.Words.All<T>() : [.. values.Select(Lending.Outcomes.Words.Write)],
        };

    /// <summary>An object with fields of its own, by which its values are read.</summary>
    public static Field<FieldValues> Object(string name, string description, params IReadOnlyList<Field> members) =>
        new(name, FieldType.Object, description, (in value) => (FieldValues)value.Reference!)
        {
            Members = Declared(members),
        };

    /// <summary>A list of objects, whose values are read by the members.</summary>
    public static Field<IReadOnlyList<FieldValues>> List(
        string name,
        string description,
        int max,
        params IReadOnlyList<Field> members
    ) =>
        new(name, FieldType.List, description, (in value) => (IReadOnlyList<FieldValues>)value.Reference!)
        {
            Members = Declared(members),
            Range = (0, max),
        };

    /// <summary>A list of plain values, each of the form of an element.</summary>
    public static Field<IReadOnlyList<T>> Values<T>(string name, string description, int max, Field<T> element) =>
        new(
            name,
            FieldType.Values,
            description,
            (in value) => [.. ((List<FieldValues>)value.Reference!).Select(one => one.Get(element))]
        )
        {
            Element = element,
            Range = (0, max),
        };

    /// <summary>
    /// What an answer shows and a change cannot change: it may be sent back as it was shown. The use case compares,
    /// by <see cref="FieldValues.ChangesOfFixed"/>.
    /// </summary>
    public static Field Fixed(string name) =>
        new Field<JsonElement>(name, FieldType.Fixed, "", (in value) => (JsonElement)value.Reference!)
        {
            IsRequired = false,
            IsInExamples = false,
        };

    /// <summary>What an answer shows of how a thing came to be: it may be sent back, and says nothing.</summary>
    public static Field Shown(string name) => Fixed(name) with { IsIgnored = true };

    /// <summary>
    /// The fields of a change that replaces all that is stored: at every depth, an optional field must be sent too,
    /// null spelled out, so that nothing is reset by being left out.
    /// </summary>
    public static IReadOnlyList<Field> SpelledOut(IEnumerable<Field> fields) => [.. fields.Select(SpelledOut)];

    /// <summary>
    /// The same fields, all of them initialised: a static field is still null above the place of its declaration.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them is null.</exception>
    internal static IReadOnlyList<Field> Declared(IReadOnlyList<Field?> fields) =>
        fields.Contains(null)
            ? throw new InvalidOperationException("A field is listed above its declaration.")
            : (IReadOnlyList<Field>)fields;

    /// <summary>Whether both are the same declaration, changed or not.</summary>
    internal bool IsSameAs(Field other) => ReferenceEquals(declaration, other.declaration);

    // What may be left out itself may have members that are: a list of named entries, for example.
    private static Field SpelledOut(Field field) =>
        !field.IsReset ? field : field with { IsSpelledOut = !field.IsRequired, Members = SpelledOut(field.Members) };
}

/// <summary>
/// A field whose checked value is a <typeparamref name="T"/>: <c>body.Get(Amount)</c>. The type of an optional field is
/// nullable.
/// </summary>
public sealed record Field<T> : Field
{
    private readonly FieldValues.Reading<T> read;

    internal Field(string name, FieldType type, string description, FieldValues.Reading<T> read)
        : base(name, type, description) => this.read = read;

    private Field(Field original, FieldValues.Reading<T> read)
        : base(original) => this.read = read;

    /// <summary>The same field, which may be absent or null, and then has another value.</summary>
    public Field<T> Or(T otherwise) => OptionalAs((in value) => value.IsPresent ? read(value) : otherwise);

    /// <summary>
    /// The same optional field, which a change may leave out: what is stored stays, or the other fields decide it.
    /// </summary>
    public Field<T> NotReset() => this with { IsReset = false };

    /// <summary>The same field, whose value is kept nowhere.</summary>
    public Field<T> Secret() => this with { IsSecret = true };

    /// <summary>The same text, which must also match a pattern.</summary>
    public Field<T> Matching(string regex, string words) => this with { Pattern = (regex, words) };

    /// <summary>The same text, which may have several lines.</summary>
    public Field<T> WithLines() => this with { HasLines = true };

    /// <summary>The same text, read without what nobody sees: see <see cref="PastedText"/>.</summary>
    public Field<T> Cleaned() => this with { IsCleaned = true };

    /// <summary>The same list, whose elements have no order: sent in another, they are the same request.</summary>
    public Field<T> AsSet() => this with { IsSet = true };

    /// <summary>The same integer, which may also be written as a string of digits.</summary>
    public Field<T> OrDigits() => this with { TakesDigits = true };

    /// <summary>The same integer with another largest value.</summary>
    public Field<T> UpTo(long max) => this with { Range = (Range.Min, max) };

    /// <summary>The same amount, at most so many major units.</summary>
    public Field<T> AtMost(long major) => this with { MajorMax = major };

    /// <summary>The same amount, which may be 0.</summary>
    public Field<T> FromZero() => this with { IsFromZero = true };

    /// <summary>The same field with an example for the documentation, as the wire writes it.</summary>
    public Field<T> WithExample(object example) => this with { Example = example };

    /// <summary>
    /// The same field, which the example of a body leaves out: what would be right depends on something else.
    /// </summary>
    public Field<T> NotInExamples() => this with { IsInExamples = false };

    internal Field<TOther> OptionalAs<TOther>(FieldValues.Reading<TOther> other) =>
        new(this, other) { IsRequired = false };

    internal T Read(in FieldValues.Value value) =>
        value.IsPresent || !IsRequired ? read(value) : throw new InvalidOperationException($"'{Name}' was not sent.");
}

/// <summary>Makes fields of value types optional.</summary>
public static class OptionalValues
{
    /// <summary>The same field, which may be absent or null.</summary>
    public static Field<T?> Optional<T>(this Field<T> field)
        where T : struct => field.OptionalAs<T?>((in value) => value.IsPresent ? field.Read(value) : null);
}

/// <summary>Makes fields of reference types optional.</summary>
public static class OptionalReferences
{
    /// <summary>The same field, which may be absent or null.</summary>
    public static Field<T?> Optional<T>(this Field<T> field)
        where T : class => field.OptionalAs<T?>((in value) => value.IsPresent ? field.Read(value) : null);
}
