using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Approvals;

/// <summary>
/// A change of settings or of a product that weakens a control, as the second manager reads and approves it: all of the
/// change, or none.
/// </summary>
/// <param name="Weakens">The fields whose change weakens a control.</param>
/// <param name="Changes">Every field that changes, with its new value.</param>
public sealed record ProposedChange(IReadOnlyList<string> Weakens, JsonObject Changes)
{
    /// <summary>The fields of which two views differ.</summary>
    /// <param name="weakens">The fields whose change weakens a control.</param>
    /// <param name="before">As it is shown now.</param>
    /// <param name="after">As it would be shown.</param>
    /// <param name="ignored">Fields that follow from the change itself, such as its version.</param>
    public static ProposedChange Between<T>(
        IReadOnlyList<string> weakens,
        T before,
        T after,
        params IReadOnlyList<string> ignored
    )
    {
        var (was, would) = (Written(before), Written(after));
        var changes = new JsonObject();
        foreach (var (name, value) in would)
        {
            if (!ignored.Contains(name) && !JsonNode.DeepEquals(was[name], value))
                changes.Add(name, value?.DeepClone());
        }

        return new(weakens, changes);
    }

    private static JsonObject Written<T>(T view) => JsonSerializer.SerializeToNode(view, Wire.Options)!.AsObject();
}
