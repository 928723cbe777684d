namespace Paydown.Client;

/// <summary>A field that is read from a column.</summary>
public sealed partial record PreviewedColumn
{
    /// <summary>The field, as profiles name it.</summary>
    public required string Field { get; init; }

    /// <summary>The column's name in the file.</summary>
    public required string Column { get; init; }
}
