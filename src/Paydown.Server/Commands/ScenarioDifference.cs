namespace Paydown.Server.Commands;

/// <summary>A figure that a scenario expects and the books do not show.</summary>
/// <param name="Step">The <c>check</c>, counted from 0 among the steps.</param>
/// <param name="Place">The list or object, for example <c>schedule</c>; null: the check itself.</param>
/// <param name="Row">Which row of it, for example its number or its date; null: none.</param>
/// <param name="Field">The field, or what kind of row is missing.</param>
/// <param name="Expected">As JSON.</param>
/// <param name="Got">As JSON.</param>
internal sealed record ScenarioDifference(
    int Step,
    string? Place,
    string? Row,
    string Field,
    string Expected,
    string Got
)
{
    /// <summary>Like differences have the same kind: the place and the field.</summary>
    public string Kind => Place is null ? Field : $"{Place} {Field}";

    public override string ToString()
    {
        var place = Place is null ? "" : $", {Place}";
        return $"step {Step}{place}, row {Row ?? "-"}, field {Field}: expected {Expected}, got {Got}";
    }
}
