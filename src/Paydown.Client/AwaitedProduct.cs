using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Client;

public sealed partial record Product
{
    /// <summary>
    /// The definition with the change that awaits a second manager: what they send to approve it. Without such a
    /// change, the product as it is.
    /// </summary>
    public ProductDefinition WithAwaited()
    {
        if (
            AwaitedApproval is not { Terms: { ValueKind: JsonValueKind.Object } terms }
            || !terms.TryGetProperty("changes", out var changes)
            || changes.ValueKind != JsonValueKind.Object
        )
            return this;
        var definition = JsonSerializer.SerializeToNode(this, PaydownJson.Default.ProductDefinition)!.AsObject();
        foreach (var change in changes.EnumerateObject())
            definition[change.Name] = JsonNode.Parse(change.Value.GetRawText());
        return definition.Deserialize(PaydownJson.Default.ProductDefinition)!;
    }
}
