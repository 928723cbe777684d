namespace Paydown.ClientRecords;

/// <summary>A record of the client.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Description">Its docstring.</param>
/// <param name="Fields">Its fields, in the order of the document.</param>
internal sealed record Record(string Name, string Description, IReadOnlyList<Field> Fields);

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">Its type in C#, without <c>?</c>.</param>
/// <param name="IsNullable">Whether it can be null.</param>
/// <param name="IsRequired">Whether it is always there: C# requires a value.</param>
/// <param name="Description">Its docstring.</param>
/// <param name="Constant">Its only value; null if it has several.</param>
internal sealed record Field(
    string Name,
    string Type,
    bool IsNullable,
    bool IsRequired,
    string Description,
    string? Constant = null
);
