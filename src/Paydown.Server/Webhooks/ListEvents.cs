using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Events;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Webhooks;

/// <summary>
/// Lists the events of the organisation in their order, for a system that reconciles what its webhooks received, or
/// that reads events without webhooks. A caller who goes on with <c>next</c> misses none.
/// </summary>
public sealed class ListEvents(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    private const string Latest = "latest";
    private const int SizeMax = 500;
    private const int Size = 100;

    private static readonly Field<string?> After = Field
        .Text(
            "after",
            "The next of the previous response; latest to begin with the events from now on. Absent: from the oldest "
                + "event that is kept.",
            1,
            18
        )
        .Matching("^([0-9]{1,18}|latest)$", "a number of at most 18 digits, or latest")
        .Optional()
        .WithExample("0");
    private static readonly Field<string?> Type = Field
        .OneOf("type", "Only events of this type.", EventTypes.All)
        .Optional();
    private static readonly Field<int> Max = Field
        .Integer("size", $"The maximum number of events. Absent: {Size}.", 1, SizeMax)
        .Or(Size);

    public static Contract Contract { get; } =
        new Contract("List the events of the organisation, oldest first").Takes(After, Type, Max).Returns<EventList>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var after = call.Query.Get(After) switch
        {
            null => 0,
            Latest => await EventStore.FindLastAsync(database, call.Caller.OrganisationId, call.Cancellation),
            var number => long.Parse(number, CultureInfo.InvariantCulture),
        };
        var size = call.Query.Get(Max);
        var type = call.Query.Get(Type);
        var events = await EventStore.ListAsync(
            database,
            call.Caller.OrganisationId,
            after,
            type is null ? null : EventTypes.Read([type]),
            size,
            time,
            call.Cancellation
        );
        return Answer.Success(
            new EventList
            {
                Events = [.. events.Select(ListedEvent.Of)],
                Next = (events.Count > 0 ? events[^1].Sequence : after).ToString(CultureInfo.InvariantCulture),
                HasMore = events.Count == size,
            }
        );
    }
}

/// <summary>Some events of the organisation.</summary>
public sealed record EventList
{
    /// <summary>The events, oldest first.</summary>
    public required IReadOnlyList<ListedEvent> Events { get; init; }

    /// <summary>Send it as <c>after</c> to get the events that follow.</summary>
    public required string Next { get; init; }

    /// <summary>True if there may be more events already.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>An event, as a webhook sends it, with its id.</summary>
public sealed record ListedEvent
{
    /// <summary>The event's id: the header <c>webhook-id</c> of its deliveries.</summary>
    public required string Id { get; init; }

    /// <summary>The type, for example <c>repayment.verified</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its place among the events of a loan.</summary>
    public required EventSequence Sequence { get; init; }

    /// <summary>The payload; docs/events.md has the fields of each type.</summary>
    public required JsonElement Data { get; init; }

    public static ListedEvent Of(PublishedEvent published) =>
        new()
        {
            Id = published.Id,
            Type = published.Type.Name,
            Timestamp = published.At,
            Sequence = new EventSequence { AccountId = published.AccountId, Number = published.Sequence },
            Data = JsonSerializer.Deserialize<JsonElement>(published.Payload),
        };
}

/// <summary>The place of an event among the events of a loan.</summary>
public sealed record EventSequence
{
    /// <summary>The loan account; absent if the event concerns no loan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanId? AccountId { get; init; }

    /// <summary>
    /// Greater than that of every earlier event of the loan. Numbers have gaps. Absent for a test of an endpoint.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required long? Number { get; init; }
}
