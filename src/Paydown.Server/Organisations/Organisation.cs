using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Organisations;

/// <summary>The lender: whose money it is, where repayments go, and which day it is there.</summary>
public sealed record Organisation
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Repayments above this many minor units need two officers; null: one always suffices.</summary>
    public required long? FourEyesAboveMinor { get; init; }

    /// <summary>The account that repayments are sent to.</summary>
    public required CollectionAccount Collection { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>The calendar date in the organisation's time zone.</summary>
    public DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZone).DateTime);

    /// <summary>The first instant of a period that starts with a moment; null if none was sent.</summary>
    public DateTimeOffset? StartOf(Moment? moment) => moment?.InstantIn(TimeZone);

    /// <summary>
    /// The instant before which a period lies that includes a moment as its last; null if none was sent, or nothing
    /// comes after it.
    /// </summary>
    public DateTimeOffset? EndOf(Moment? moment) => moment?.EndIn(TimeZone);

    /// <summary>From one moment of a query to another, both included; refused if it ends before it starts.</summary>
    /// <param name="query">With a moment of each name, or none.</param>
    /// <param name="first">The name of the first moment.</param>
    /// <param name="last">The name of the last one.</param>
    public Result<Period> PeriodOf(FieldValues query, string first, string last)
    {
        var period = new Period(StartOf(query.MomentOrNull(first)), EndOf(query.MomentOrNull(last)));
        return period.From >= period.Before
            ? Refusals.ValidationFailed(new FieldError(last, $"must not be before {first}."))
            : period;
    }
}

/// <summary>A period of time; null: without a start, or without an end.</summary>
/// <param name="From">The first instant of it.</param>
/// <param name="Before">The first instant after it.</param>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? Before);

/// <summary>A bank account that repayments are sent to.</summary>
public sealed record CollectionAccount(string AccountNumber, string AccountName, string BankCode, string BankName);

/// <summary>Where a customer asks.</summary>
public sealed record Contact(string Email, string Phone, string Hours);

/// <summary>
/// The organisations, kept in memory for a few seconds: they change about once a year. What must be exact at the moment
/// of a decision (the four-eyes amount) is read in that decision's transaction.
/// </summary>
public sealed class OrganisationDirectory(NpgsqlDataSource database, TimeProvider time)
{
    private const int KeptSeconds = 10;
    private readonly Lock gate = new();
    private volatile Kept kept = new([], DateTimeOffset.MinValue);
    private Task<Kept>? loading;

    public ValueTask<Organisation> GetAsync(Guid id, CancellationToken cancellation)
    {
        var now = kept;
        return now.ById.TryGetValue(id, out var organisation) && time.GetUtcNow() < now.Until
            ? ValueTask.FromResult(organisation)
            : LoadAsync(id, cancellation);
    }

    /// <summary>
    /// The context of a request: its caller, this instant, and the date at the caller's organisation.
    /// </summary>
    public async ValueTask<ActionContext> ContextAsync(Call call)
    {
        var organisation = await GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var now = ActionContext.InstantOf(time);
        return new ActionContext(call.Caller.UserId, now, organisation.Today(time), call.InteractionId);
    }

    /// <summary>Reads anew from now on: one of them was changed here.</summary>
    public void Forget() => kept = new([], DateTimeOffset.MinValue);

    private async ValueTask<Organisation> LoadAsync(Guid id, CancellationToken cancellation) =>
        (await LoadAllAsync(cancellation))[id];

    private async Task<Dictionary<Guid, Organisation>> LoadAllAsync(CancellationToken cancellation)
    {
        // One reads for all who ask meanwhile: each with a connection of its own, they would fill the pool at once.
        Task<Kept> reading;
        lock (gate)
            reading = loading is { IsCompleted: false } ? loading : loading = Task.Run(ReadAsync);
        return (await reading.WaitAsync(cancellation)).ById;
    }

    private async Task<Kept> ReadAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            select id, name, currency_code, time_zone, four_eyes_above, collection_account_number,
                   collection_account_name, collection_bank_code, collection_bank_name, contact_email, contact_phone,
                   contact_hours
            from organisation
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var loaded = new Dictionary<Guid, Organisation>();
        while (await reader.ReadAsync())
            loaded.Add(reader.Id("id"), Read(reader));
        return kept = new Kept(loaded, time.GetUtcNow().AddSeconds(KeptSeconds));
    }

    private static Organisation Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id("id"),
            Name = reader.Text("name"),
            Currency = reader.Currency("currency_code"),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(reader.Text("time_zone")),
            FourEyesAboveMinor = reader.LongOrNull("four_eyes_above"),
            Collection = new(
                reader.Text("collection_account_number"),
                reader.Text("collection_account_name"),
                reader.Text("collection_bank_code"),
                reader.Text("collection_bank_name")
            ),
            Contact = new(reader.Text("contact_email"), reader.Text("contact_phone"), reader.Text("contact_hours")),
        };

    private sealed record Kept(Dictionary<Guid, Organisation> ById, DateTimeOffset Until);
}
