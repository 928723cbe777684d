using Microsoft.Extensions.DependencyInjection.Extensions;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// All calls of the API. Each feature adds its own. Every call is served under every version of its path.
/// </summary>
public sealed class ApiRoutes
{
    private readonly List<ApiRoute> routes = [];

    /// <summary>The versions of the path; the documentation shows the first.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["v1", "v6"];

    public IReadOnlyList<ApiRoute> All => routes;

    /// <summary>The events that the server sends to the endpoints of lenders.</summary>
    public IReadOnlyList<EventDescription> Events { get; private set; } = [];

    /// <summary>Declares the events that the server sends.</summary>
    public void Sends(IReadOnlyList<EventDescription> events) => Events = events;

    /// <summary>Begins a chapter of the documentation.</summary>
    public Chapter Begin(string tag) => new(this, tag);

    /// <summary>Adds a call that a function handles instead of a use case.</summary>
    public ApiRoute Add(
        string method,
        string path,
        Access access,
        Contract contract,
        Func<Call, ValueTask<Answer>> handle
    )
    {
        var route = new ApiRoute("", method, path, handle.Method.DeclaringType!, contract, _ => handle)
        {
            Access = access,
            DeclaredScope = null,
        };
        routes.Add(route);
        return route;
    }

    /// <summary>Registers the use case of every route.</summary>
    public void AddUseCases(IServiceCollection services)
    {
        foreach (var route in routes)
            services.TryAddSingleton(route.UseCase);
    }

    /// <summary>Gives every route its endpoints.</summary>
    public void MapTo(IEndpointRouteBuilder endpoints, ApiPipeline pipeline)
    {
        foreach (var route in routes)
        {
            route.Connect(endpoints.ServiceProvider);
            foreach (var version in Versions)
            {
                foreach (var (method, path) in route.Aliases.Prepend((route.Method, route.Path)))
                {
                    // Every GET has a HEAD (RFC 9110): the same response without its body.
                    string[] methods = method == "GET" ? ["GET", "HEAD"] : [method];
                    endpoints
                        .MapMethods(PathOf(path, version), methods, http => pipeline.EnterAsync(http, route))
                        .WithMetadata(route);
                }
            }
        }
    }

    /// <summary>Returns the whole path of a route in a version.</summary>
    public static string PathOf(string path, string version) => $"/api/{version}/services/{path}";

    /// <summary>A chapter of the documentation, to which routes are added.</summary>
    public readonly struct Chapter(ApiRoutes all, string tag)
    {
        /// <summary>Adds a call that reads.</summary>
        /// <param name="path">Below <c>/api/{version}/services/</c>.</param>
        /// <param name="access">Who may call it.</param>
        /// <param name="scope">
        /// The scope that an API token needs; <see cref="Scopes.None"/> if no API token may call it.
        /// </param>
        public ApiRoute Get<T>(string path, Access access, Scopes? scope = null)
            where T : class, IUseCase => Add<T>("GET", path, access, scope);

        /// <summary>Adds a call that creates something; see <see cref="Get{T}"/>.</summary>
        public ApiRoute Post<T>(string path, Access access, Scopes? scope = null)
            where T : class, IUseCase => Add<T>("POST", path, access, scope);

        /// <summary>Adds a call that changes something; see <see cref="Get{T}"/>.</summary>
        public ApiRoute Put<T>(string path, Access access, Scopes? scope = null)
            where T : class, IUseCase => Add<T>("PUT", path, access, scope);

        /// <summary>Adds a call that deletes something; see <see cref="Get{T}"/>.</summary>
        public ApiRoute Delete<T>(string path, Access access, Scopes? scope = null)
            where T : class, IUseCase => Add<T>("DELETE", path, access, scope);

        private ApiRoute Add<T>(string method, string path, Access access, Scopes? scope)
            where T : class, IUseCase
        {
            var route = new ApiRoute(
                tag,
                method,
                path,
                typeof(T),
                T.Contract,
                services => services.GetRequiredService<T>().HandleAsync
            )
            {
                Access = access,
                DeclaredScope = scope,
            };
            all.routes.Add(route);
            return route;
        }
    }
}
