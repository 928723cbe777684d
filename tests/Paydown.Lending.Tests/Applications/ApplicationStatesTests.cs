using Paydown.Lending.Applications;
using Shouldly;
using Xunit;
using static Paydown.Lending.Applications.ApplicationStatus;

namespace Paydown.Lending.Tests.Applications;

public sealed class ApplicationStatesTests
{
    [Fact]
    public void The_transitions_are_those_of_the_contract()
    {
        Dictionary<ApplicationStatus, ApplicationStatus[]> expected = new()
        {
            [Requested] = [Approved, Rejected, Cancelled],
            [Approved] = [OfferSent, Cancelled],
            [OfferSent] = [Rejected, Accepted, Withdrawn, Expired, Cancelled],
            [Accepted] = [OfferSent, Cancelled, Disbursed],
            [Disbursed] = [PaidOff],
        };
        foreach (var from in Enum.GetValues<ApplicationStatus>())
        {
            Enum.GetValues<ApplicationStatus>()
                .Where(to => ApplicationStates.Leads(from, to))
                .Order()
                .ShouldBe(expected.GetValueOrDefault(from, []).Order(), $"{from}");
        }
    }

    [Fact]
    public void A_refused_step_names_the_state_and_the_states_that_allow_it()
    {
        var refusal = ApplicationStates.Check(Cancelled, Accepted).ShouldNotBeNull();
        refusal.Code.ShouldBe("APPLICATION_STATE");
        refusal.Message.ShouldBe("This application is CANCELLED; it can become ACCEPTED only from OFFER_SENT.");
        ApplicationStates.Check(OfferSent, Accepted).ShouldBeNull();
    }

    [Fact]
    public void An_application_is_open_while_it_may_still_become_a_loan() =>
        Enum.GetValues<ApplicationStatus>()
            .Where(ApplicationStates.IsOpen)
            .ShouldBe([Requested, Approved, OfferSent, Accepted]);
}
