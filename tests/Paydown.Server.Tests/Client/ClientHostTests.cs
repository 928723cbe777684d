using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Paydown.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientHostTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_host_provides_one_client_with_the_configured_token()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var builder = Builder(("Paydown:Address", server.Address.ToString()), ("Paydown:ApiToken", TokenOf(customer)));
        ReadmeExample.AddClient(builder);
        using var host = builder.Build();
        await host.StartAsync();

        var client = host.Services.GetRequiredService<PaydownClient>();

        (await client.Customers.GetOwnAsync(customer.UserId)).Id.ShouldBe(customer.UserId);
        host.Services.GetRequiredService<PaydownClient>().ShouldBeSameAs(client);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_program_that_serves_customers_creates_a_client_per_session()
    {
        var (program, customer) = (await server.Lender.AddCustomerAsync(), await server.Lender.AddCustomerAsync());
        var builder = Builder(("Paydown:Address", server.Address.ToString()), ("Paydown:ApiToken", TokenOf(program)));
        ReadmeExample.AddClient(builder);
        builder.Services.AddTransient<ReadmeExample.CustomerClients>();
        using var host = builder.Build();

        var client = host
            .Services.GetRequiredService<ReadmeExample.CustomerClients>()
            .Create(new PaydownSession { AccessToken = TokenOf(customer) }, IPAddress.Parse("203.0.113.7"));

        (await client.Customers.GetOwnAsync(customer.UserId)).Id.ShouldBe(customer.UserId);
        await Should.ThrowAsync<PaydownRefusedException>(() => client.Customers.GetOwnAsync(program.UserId));
    }

    [Fact]
    public async Task A_host_with_invalid_options_does_not_start_and_names_all_of_them()
    {
        var builder = Builder();
        builder.Services.AddPaydownClient(options => (options.AttemptsMax, options.ApiToken) = (0, "a token"));
        using var host = builder.Build();

        var invalid = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        invalid.Failures.Select(failure => failure.Split(' ')[0]).ShouldBe(["Address", "ApiToken", "AttemptsMax"]);
        Should.Throw<ArgumentException>(() => new PaydownClient(new Uri("ftp://lender.example")));
    }

    [Fact]
    public async Task Every_call_carries_each_of_the_three_fapi_headers_once()
    {
        var seen = new List<HttpRequestMessage>();
        var customer = await server.Lender.AddCustomerAsync();
        var builder = Builder();
        builder
            .Services.AddPaydownClient(options =>
            {
                options.Address = server.Address;
                options.ApiToken = TokenOf(customer);
                options.CustomerIpAddress = IPAddress.Parse("2001:db8::7");
            })
            .AddHttpMessageHandler(() => new Recorder(seen));
        using var host = builder.Build();

        var client = host.Services.GetRequiredService<PaydownClient>();
        await client.Customers.GetOwnAsync(customer.UserId);
        await client.Repayments.ListAsync(customer.UserId).ToListAsync();

        seen.Count.ShouldBe(2);
        foreach (var headers in seen.Select(request => request.Headers))
        {
            DateTimeOffset.TryParse(headers.GetValues("x-fapi-auth-date").Single(), out _).ShouldBeTrue();
            headers.GetValues("x-fapi-customer-ip-address").Single().ShouldBe("2001:db8::7");
            Guid.TryParse(headers.GetValues("x-fapi-interaction-id").Single(), out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_build_for_net8_has_the_same_members_and_works()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var context = new AssemblyLoadContext("net8.0", isCollectible: true);
        var net8 = context.LoadFromAssemblyPath(
            Path.Combine(Repository.Root, "src/Paydown.Client/bin", configuration, "net8.0/Paydown.Client.dll")
        );
        var customer = await server.Lender.AddCustomerAsync();

        net8.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.ShouldBe(".NETCoreApp,Version=v8.0");
        MembersOf(net8).ShouldBe(MembersOf(typeof(PaydownClient).Assembly));
        dynamic client = Activator.CreateInstance(net8.GetType("Paydown.Client.PaydownClient")!, server.Address)!;
        dynamic session = Activator.CreateInstance(net8.GetType("Paydown.Client.PaydownSession")!)!;
        ((object)session).GetType().GetProperty("AccessToken")!.SetValue((object)session, TokenOf(customer));
        client.SignIn.Resume(session);
        var profile = await client.Customers.GetOwnAsync(customer.UserId);
        ((Guid)profile.Id).ShouldBe(customer.UserId);
    }

    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)
        );
        return builder;
    }

    private static IEnumerable<string> MembersOf(Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .SelectMany(type => type.GetMembers().Select(member => $"{type.FullName}: {member}"))
            .Order();

    private static string TokenOf(TestUser user) => user.Token;

    private sealed class Recorder(List<HttpRequestMessage> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
        {
            seen.Add(request);
            return base.SendAsync(request, token);
        }
    }
}
