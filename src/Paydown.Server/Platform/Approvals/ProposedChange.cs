using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Approvals;

/// <summary>
/// A change of settings or of a product that weakens a control. The second manager approves all of it or nothing.
/// </summary>
/// <param name="Weakens">The fields whose change weakens a control.</param>
/// <param name="Changes">Every field that changes, with its new value.</param>
public sealed record ProposedChange(IReadOnlyList<string> Weakens, JsonObject Changes)
{
    /// <summary>Compares two views, field by field.</summary>
    /// <param name="weakens">The fields whose change weakens a control.</param>
    /// <param name="before">The current view.</param>
    /// <param name="after">The view after the change.</param>
    /// <param name="ignored">Fields that every change sets, such as the version.</param>
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
