using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.EndOfDay;

/// <summary>
/// A manager asks for the end of a day; a worker runs it at once. A day that is complete is run again, which finds only
/// what has failed before.
/// </summary>
public sealed class StartEndOfDay(SingleWrites writes) : IUseCase
{
    private static readonly Field<DateOnly?> Date = Field
        .Date("date", "The day that ends, not after today. Absent: yesterday.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Start the end of a day")
            .Reads(Date)
            .Returns<EndOfDayView>()
            .Refuses(Refusals.NotFound("organisation"), Refusals.ValidationFailed());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => StartAsync(connection, call, context));

    private static async ValueTask<Answer> StartAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var day = call.Body.Get(Date) ?? context.Today.AddDays(-1);
        if (day > context.Today)
            return Answer.Refused(Refusals.ValidationFailed(new FieldError(Date.Name, "must not be after today.")));
        var organisationId = call.Caller.OrganisationId;
        await EndOfDayStore.RequestAsync(
            connection,
            organisationId,
            day,
            call.Caller.UserId,
            context.At,
            call.Cancellation
        );
        var dates = await OrganisationStore.ListBusinessDatesAsync(connection, call.Cancellation);
        var organisation = dates.FirstOrDefault(one => one.OrganisationId == organisationId);
        if (organisation is null)
            return Answer.Refused(Refusals.NotFound("organisation"));
        var view = await EndOfDayView.ReadAsync(connection, organisation, context.At, call.Cancellation);
        return Answer.Success(view, $"A worker runs the end of {day:yyyy-MM-dd}.");
    }
}
