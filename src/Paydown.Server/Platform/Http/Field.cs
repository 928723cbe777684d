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
/// One field of a request's body or query: its name on the wire, its form and its limits. The reader checks requests
/// against it and the OpenAPI document is written from it, so the two cannot differ. Its value is read by the
/// declaration itself (<see cref="Field{T}"/>), never by a name.
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
    /// True for an optional field that a change must send, as null if it has no value: omitting it would reset the
    /// stored value.
    /// </summary>
    public bool IsSpelledOut { get; private init; }

    /// <summary>True if a change that omits the field resets the stored value.</summary>
    public bool IsReset { get; private protected init; } = true;

    /// <summary>
    /// True for a PIN or a password. It is left out of the stored hash of a request, because a reader of the database
    /// could guess it from the hash.
    /// </summary>
    public bool IsSecret { get; private protected init; }

    /// <summary>The minimum and maximum number of characters of a text.</summary>
    public (int Min, int Max) Length { get; private init; }

    /// <summary>The pattern that a text must match, and the same in words.</summary>
    public (string Regex, string Words)? Pattern { get; private protected init; }

    /// <summary>True if a text may have several lines.</summary>
    public bool HasLines { get; private protected init; }

    /// <summary>The minimum and maximum of an integer or a rate, or of the number of elements of a list.</summary>
    public (long Min, long Max) Range { get; private protected init; }

    /// <summary>True if an amount may be 0.</summary>
    public bool IsFromZero { get; private protected init; }

    /// <summary>The largest amount, in major units; null if only the rules limit it.</summary>
    public long? MajorMax { get; private protected init; }

    /// <summary>True if a fixed field may have any value.</summary>
    public bool IsIgnored { get; private init; }

    /// <summary>True if a text is first cleaned by <see cref="PastedText"/>.</summary>
    public bool IsCleaned { get; private protected init; }

    /// <summary>True if a list is a set: order and repetition of its elements do not matter.</summary>
    public bool IsSet { get; private protected init; }

    /// <summary>True if an integer may also be sent as a string of digits.</summary>
    public bool TakesDigits { get; private protected init; }

    /// <summary>True if the example of a body includes the field.</summary>
    public bool IsInExamples { get; private protected init; } = true;

    /// <summary>The values that a <see cref="FieldType.OneOf"/> accepts.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The fields of an object, or of each object in a list.</summary>
    public IReadOnlyList<Field> Members { get; private init; } = [];

    /// <summary>The form of the values in a list of plain values. Its name is not sent.</summary>
    public Field? Element { get; private init; }

    /// <summary>The value in the documentation; null for a default of the type.</summary>
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

    /// <summary>A decimal number within limits that is not money, such as a rate in percent.</summary>
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

    /// <summary>The cursor of a page: opaque to clients, and checked by <see cref="Paging"/>.</summary>
    public static Field<string> Cursor(string name, string description) =>
        new(name, FieldType.Cursor, description, (in value) => (string)value.Reference!);

    /// <summary>One of the given words.</summary>
    public static Field<string> OneOf(string name, string description, params IReadOnlyList<string> words) =>
        new(name, FieldType.OneOf, description, (in value) => (string)value.Reference!) { Words = words };

    /// <summary>A value of an enumeration, as its word. Without named values, any value.</summary>
    public static Field<T> OneOf<T>(string name, string description, params IReadOnlyList<T> values)
        where T : struct, Enum =>
        new(name, FieldType.OneOf, description, (in value) => Lending.Outcomes.Words.Read<T>((string)value.Reference!))
        {
            Words =
                values.Count == 0 ? Lending.Outcomes.Words.All<T>() : [.. values.Select(Lending.Outcomes.Words.Write)],
        };

    /// <summary>An object, whose values are read by its member fields.</summary>
    public static Field<FieldValues> Object(string name, string description, params IReadOnlyList<Field> members) =>
        new(name, FieldType.Object, description, (in value) => (FieldValues)value.Reference!)
        {
            Members = Declared(members),
        };

    /// <summary>A list of objects, whose values are read by the member fields.</summary>
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

    /// <summary>A list of plain values, all in the form of the element.</summary>
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
    /// A field of a response that a change may send back but not change. The use case compares it with
    /// <see cref="FieldValues.ChangesOfFixed"/>.
    /// </summary>
    public static Field Fixed(string name) =>
        new Field<JsonElement>(name, FieldType.Fixed, "", (in value) => (JsonElement)value.Reference!)
        {
            IsRequired = false,
            IsInExamples = false,
        };

    /// <summary>A field of a response that a change may send back with any value, which is ignored.</summary>
    public static Field Shown(string name) => Fixed(name) with { IsIgnored = true };

    /// <summary>
    /// Returns the fields for a change that replaces everything stored. At every depth, an optional field must be sent
    /// too, as null if it has no value, so nothing is reset by omission.
    /// </summary>
    public static IReadOnlyList<Field> SpelledOut(IEnumerable<Field> fields) => [.. fields.Select(SpelledOut)];

    /// <summary>
    /// Returns the same fields, and checks that none is null: a static field is null until its declaration has run.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them is null.</exception>
    internal static IReadOnlyList<Field> Declared(IReadOnlyList<Field?> fields) =>
        fields.Contains(null)
            ? throw new InvalidOperationException("A field is listed above its declaration.")
            : (IReadOnlyList<Field>)fields;

    /// <summary>Returns true if both come from the same declaration, changed or not.</summary>
    internal bool IsSameAs(Field other) => ReferenceEquals(declaration, other.declaration);

    // Applies to members too, even if their object may be omitted, such as a list of named entries.
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

    /// <summary>Returns the same field, but it may be absent or null, and then has another type of value.</summary>
    public Field<T> Or(T otherwise) => OptionalAs((in value) => value.IsPresent ? read(value) : otherwise);

    /// <summary>
    /// Returns the same field, but a change may omit it: the stored value is kept, or follows from other fields.
    /// </summary>
    public Field<T> NotReset() => this with { IsReset = false };

    /// <summary>Returns the same field, but its value is stored nowhere.</summary>
    public Field<T> Secret() => this with { IsSecret = true };

    /// <summary>Returns the same text, but it must match a pattern.</summary>
    public Field<T> Matching(string regex, string words) => this with { Pattern = (regex, words) };

    /// <summary>Returns the same text, but it may have several lines.</summary>
    public Field<T> WithLines() => this with { HasLines = true };

    /// <summary>Returns the same text, but it is cleaned by <see cref="PastedText"/>.</summary>
    public Field<T> Cleaned() => this with { IsCleaned = true };

    /// <summary>Returns the same list as a set: another order of its elements is the same request.</summary>
    public Field<T> AsSet() => this with { IsSet = true };

    /// <summary>Returns the same integer, but it may also be sent as a string of digits.</summary>
    public Field<T> OrDigits() => this with { TakesDigits = true };

    /// <summary>Returns the same integer with another maximum.</summary>
    public Field<T> UpTo(long max) => this with { Range = (Range.Min, max) };

    /// <summary>Returns the same amount with a maximum, in major units.</summary>
    public Field<T> AtMost(long major) => this with { MajorMax = major };

    /// <summary>Returns the same amount, but it may be 0.</summary>
    public Field<T> FromZero() => this with { IsFromZero = true };

    /// <summary>Returns the same field with an example for the documentation, as sent.</summary>
    public Field<T> WithExample(object example) => this with { Example = example };

    /// <summary>Returns the same field, but examples omit it because a valid value depends on other fields.</summary>
    public Field<T> NotInExamples() => this with { IsInExamples = false };

    internal Field<TOther> OptionalAs<TOther>(FieldValues.Reading<TOther> other) =>
        new(this, other) { IsRequired = false };

    internal T Read(in FieldValues.Value value) =>
        value.IsPresent || !IsRequired ? read(value) : throw new InvalidOperationException($"'{Name}' was not sent.");
}

/// <summary>
/// Makes fields of value types optional. C# needs two classes for two methods that differ only in their constraints.
/// </summary>
public static class OptionalValues
{
    /// <summary>Returns the same field, but it may be absent or null.</summary>
    public static Field<T?> Optional<T>(this Field<T> field)
        where T : struct => field.OptionalAs<T?>((in value) => value.IsPresent ? field.Read(value) : null);
}

/// <summary>Makes fields of reference types optional; see <see cref="OptionalValues"/>.</summary>
public static class OptionalReferences
{
    /// <summary>Returns the same field, but it may be absent or null.</summary>
    public static Field<T?> Optional<T>(this Field<T> field)
        where T : class => field.OptionalAs<T?>((in value) => value.IsPresent ? field.Read(value) : null);
}
