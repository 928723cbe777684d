namespace Paydown.Server.Commands;

/// <summary>A difference between an expected figure and the books.</summary>
/// <param name="Step">The index of the <c>check</c> in the steps, from 0.</param>
/// <param name="Place">The list or object, for example <c>schedule</c>; null for the check itself.</param>
/// <param name="Row">The row, for example its number or date; null if there are no rows.</param>
/// <param name="Field">The field, or the kind of a missing row.</param>
/// <param name="Expected">The expected value, as JSON.</param>
/// <param name="Got">The value in the books, as JSON.</param>
internal sealed record ScenarioDifference(
    int Step,
    string? Place,
    string? Row,
    string Field,
    string Expected,
    string Got
)
{
    /// <summary>The place and the field; similar differences have the same kind.</summary>
    public string Kind => Place is null ? Field : $"{Place} {Field}";

    public override string ToString()
    {
        var place = Place is null ? "" : $", {Place}";
        return $"step {Step}{place}, row {Row ?? "-"}, field {Field}: expected {Expected}, got {Got}";
    }
}
